package dev.weft.http.call;

import dev.weft.http.transport.HeadRules;
import dev.weft.http.transport.HopByHop;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes the head of a request out of what a client library has. Fields that the transport writes itself are left out, whatever
 * the library would have done with them. Not thread-safe.
 */
public final class HeadBuilder {
    private final String method;
    private final String scheme;
    private final String authority;
    private final String path;
    private final Headers.Builder fields = Headers.builder();
    private @Nullable String host;

    private HeadBuilder(String method, String scheme, String authority, String path) {
        this.method = method;
        this.scheme = scheme;
        this.authority = authority;
        this.path = path;
    }

    /** @param uri absolute */
    public static HeadBuilder of(String method, URI uri) {
        return new HeadBuilder(method, Uris.scheme(uri), Uris.authority(uri), Uris.path(uri));
    }

    /**
     * @param authority host with an optional port
     * @param path with the query, percent-encoded, at least {@code /}
     */
    public static HeadBuilder of(String method, String scheme, String authority, String path) {
        return new HeadBuilder(method, scheme.toLowerCase(Locale.ROOT), authority, path);
    }

    /** Adds a field. {@code host} replaces the logical host that routes and the server see. */
    public HeadBuilder field(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("host")) {
            host = value;
        } else if (!HopByHop.notSent(lower)) {
            fields.add(lower, value);
        }
        return this;
    }

    /** Adds a field unless there is one of that name. */
    public HeadBuilder fieldIfAbsent(String name, String value) {
        return fields.first(name.toLowerCase(Locale.ROOT)) == null ? field(name, value) : this;
    }

    /**
     * The head as it can be sent.
     *
     * @throws IllegalArgumentException if something in it cannot. The caller's mistake is found here, before the engine knows of a
     *     call: an attempt that cannot begin counts against its host, and strangers must not get hosts ejected by what they write
     */
    public RequestHead build() {
        RequestHead head = new RequestHead(method, scheme, authority, path, fields.build());
        RequestHead sent = host == null ? head : head.withAuthority(host);
        HeadRules.check(sent);
        return sent;
    }
}
