package dev.weft.control.ads;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was sent of one type on one stream, and what the client said to it. Guarded by the stream. */
final class Responses {
    /** Clients acknowledge each response; one that does not is sent no more after this many. */
    static final int MAX_OUTSTANDING = 8;

    /** Some clients put whole resources into their complaint. */
    private static final int MAX_MESSAGE = 2_000;

    private final Deque<Sent> outstanding = new ArrayDeque<>();
    private final Map<String, Rejection> rejected = new LinkedHashMap<>();
    private String lastNonce = "";
    private String acceptedVersion = "";
    private long acceptedAtMillis;

    /**
     * A response that was not answered yet.
     *
     * @param nonce its number
     * @param version shown for it
     * @param upserts what it brought
     * @param changes what it brought
     */
    record Sent(String nonce, String version, Changes changes) {
        List<Resource> upserts() {
            return changes.upserts();
        }
    }

    void sent(Sent response) {
        outstanding.add(response);
        lastNonce = response.nonce();
    }

    boolean full() {
        return outstanding.size() >= MAX_OUTSTANDING;
    }

    boolean settled() {
        return outstanding.isEmpty();
    }

    /** The nonce of the newest response; empty before the first. */
    String lastNonce() {
        return lastNonce;
    }

    /** Takes an answered response off the list; null if the nonce is not known, or was answered before. */
    @Nullable
    Sent answered(String nonce) {
        for (Iterator<Sent> each = outstanding.iterator(); each.hasNext(); ) {
            Sent sent = each.next();
            if (sent.nonce().equals(nonce)) {
                each.remove();
                return sent;
            }
        }
        return null;
    }

    void accepted(Sent sent, long nowMillis) {
        acceptedVersion = sent.version();
        acceptedAtMillis = nowMillis;
        if (!rejected.isEmpty()) {
            for (Resource resource : sent.upserts()) {
                rejected.remove(resource.name());
            }
        }
    }

    /**
     * Remembers a refusal. Clients apply the good resources of a response and name the bad ones in their message; where none
     * is named, all that came with the response count as refused.
     *
     * @return what was refused
     */
    List<Rejection> refused(Sent sent, String message, long nowMillis) {
        List<Resource> bad = sent.upserts().stream()
                .filter(resource -> message.contains(resource.name()))
                .toList();
        List<Rejection> fresh = new ArrayList<>();
        String words = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "..." : message;
        for (Resource resource : bad.isEmpty() ? sent.upserts() : bad) {
            Rejection known = rejected.get(resource.name());
            Resource previous = known == null ? sent.changes().before().apply(resource.name()) : known.previous();
            Rejection rejection = new Rejection(resource, previous, words, nowMillis);
            rejected.put(resource.name(), rejection);
            fresh.add(rejection);
        }
        return fresh;
    }

    /** Whether the client has refused exactly this. */
    boolean refused(Resource resource) {
        Rejection rejection = rejected.get(resource.name());
        return rejection != null && rejection.resource().version().equals(resource.version());
    }

    @Nullable
    Rejection rejection(String name) {
        return rejected.get(name);
    }

    void forget(String name) {
        rejected.remove(name);
    }

    Collection<Rejection> rejections() {
        return rejected.values();
    }

    /** The version of the newest accepted response; empty if there is none. */
    String acceptedVersion() {
        return acceptedVersion;
    }

    /** When it was accepted, in milliseconds since the Unix epoch. */
    long acceptedAtMillis() {
        return acceptedAtMillis;
    }
}
