package dev.weft.authz;

import dev.weft.config.HeaderOps;
import dev.weft.identity.PeerIdentity;
import dev.weft.match.CanonicalPath;
import dev.weft.request.RequestHead;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request that arrives, as policies see it: what came, who sent it, and what the stages so far have noted. Used by one
 * thread at a time; stages that hop threads hand it over through the result that they complete.
 */
public final class Arrival {
    private final Connection connection;
    private final @Nullable InetAddress forwardedFor;
    private RequestHead head;
    private PeerIdentity caller;
    private Map<String, Map<String, @Nullable Object>> metadata = Map.of();
    private HeaderOps responseHeaders = HeaderOps.NONE;
    private List<String> notes = List.of();
    private @Nullable String allowedBy;

    private @Nullable String dispatched;

    // Taken apart when first asked for: rules ask many times.
    private @Nullable String path;
    private @Nullable String canonicalPath;

    /**
     * The connection that a request came by.
     *
     * @param remote the other end, or null if unknown
     * @param local this end, or null if unknown
     * @param servicePort port under which callers know the service
     * @param encrypted whether it is TLS
     * @param sni server name that the caller asked for, or empty
     */
    public record Connection(
            @Nullable InetAddress remote,
            @Nullable InetAddress local,
            int servicePort,
            boolean encrypted,
            String sni) {}

    /**
     * A request that nobody has judged yet.
     *
     * @param head with its path in the form in which it is judged
     * @param caller what its connection proved
     * @param forwardedFor the caller's address as far as it is trusted, or null if unknown
     */
    public Arrival(RequestHead head, PeerIdentity caller, Connection connection, @Nullable InetAddress forwardedFor) {
        this.head = head;
        this.caller = caller;
        this.connection = connection;
        this.forwardedFor = forwardedFor;
    }

    /** What is judged, and dispatched if nobody objects. */
    public RequestHead head() {
        return head;
    }

    /** Changes what later stages and the application see. */
    public void head(RequestHead changed) {
        head = changed;
        path = null;
        canonicalPath = null;
    }

    /**
     * Says what the server will make of the path, where it has its own mind about that.
     *
     * @param decoded without query, escapes decoded
     */
    public void dispatchedAs(String decoded) {
        dispatched = CanonicalPath.encoded(decoded);
    }

    /** The path without its query. */
    public String path() {
        String known = path;
        if (known == null) {
            String whole = head.path();
            int query = whole.indexOf('?');
            known = query < 0 ? whole : whole.substring(0, query);
            path = known;
        }
        return known;
    }

    /** {@link #path} in the spelling that all servers take for the same; the same instance if it is. */
    String canonicalPath() {
        String known = canonicalPath;
        if (known == null) {
            known = CanonicalPath.of(path());
            canonicalPath = known;
        }
        return known;
    }

    /**
     * The path that the server dispatches, in canonical spelling, where it means another resource than {@link #path}; else null. Whoever
     * judges by path has to judge both.
     */
    public @Nullable String dispatchedPath() {
        String server = dispatched;
        return server == null || server.equals(canonicalPath()) ? null : server;
    }

    /** Who calls, as far as it was proved by now. */
    public PeerIdentity caller() {
        return caller;
    }

    /** Says that more was proved. */
    public void caller(PeerIdentity proved) {
        caller = proved;
    }

    /** The whole SPIFFE identity that the caller's certificate proved, or null. */
    public @Nullable String principal() {
        return caller.spiffeId() == null ? null : caller.getName();
    }

    public Connection connection() {
        return connection;
    }

    /** The caller's address by {@code x-forwarded-for}, as far as that is trusted; null if unknown. */
    public @Nullable InetAddress forwardedFor() {
        return forwardedFor;
    }

    /** What was noted under this name; empty if nothing. */
    public Map<String, @Nullable Object> metadata(String filter) {
        return metadata.getOrDefault(filter, Map.of());
    }

    /**
     * Notes a value.
     *
     * @param filter who notes it: Envoy's name of the filter
     * @param value of the kind that JSON has: text, number, truth value, list, map with text keys, or null
     */
    public void note(String filter, String key, @Nullable Object value) {
        if (metadata.isEmpty()) {
            metadata = new HashMap<>(4);
        }
        metadata.computeIfAbsent(filter, name -> new HashMap<>(4)).put(key, value);
    }

    /** Changes to the answer of the application. */
    public HeaderOps responseHeaders() {
        return responseHeaders;
    }

    /** Adds changes to the answer of the application. */
    public void changeResponse(HeaderOps more) {
        if (responseHeaders.isEmpty()) {
            responseHeaders = more;
            return;
        }
        List<HeaderOps.Setting> set = new ArrayList<>(responseHeaders.set());
        set.addAll(more.set());
        List<String> remove = new ArrayList<>(responseHeaders.remove());
        remove.addAll(more.remove());
        responseHeaders = new HeaderOps(set, remove);
    }

    /** Remembers the policy that let the request in. */
    void allowedBy(String policy) {
        allowedBy = policy;
    }

    /** What is to be seen besides a refusal: dry runs, audits, and by which policy the request was let in. */
    public List<String> notes() {
        String policy = allowedBy;
        if (policy == null) {
            return notes;
        }
        List<String> all = new ArrayList<>(notes);
        all.add("allowed by " + policy);
        return all;
    }

    /** Adds a sentence for the access log. */
    public void remark(String sentence) {
        if (notes.isEmpty()) {
            notes = new ArrayList<>(2);
        }
        notes.add(sentence);
    }
}
