package dev.weft.request;

import org.jspecify.annotations.Nullable;

/**
 * A request without its body, as the caller wrote it or as an attempt will send it.
 *
 * @param method in the case it was given; HTTP methods are case-sensitive
 * @param scheme {@code http} or {@code https}
 * @param authority logical host with an optional port, as in {@code Host} or {@code :authority}
 * @param path path and query, beginning with {@code /} (or {@code *} for OPTIONS), still percent-encoded
 * @param headers all other fields, without {@code host} and without hop-by-hop fields
 * @param port the port that the caller dials; the authority's unless a {@code Host} field of his own says something else
 * @param dialled the host that the caller dials where a {@code Host} field of his own names another, else null
 */
public record RequestHead(
        String method,
        String scheme,
        String authority,
        String path,
        Headers headers,
        int port,
        @Nullable String dialled) {

    /** A request to the authority's own port, or the scheme's default. */
    public RequestHead(String method, String scheme, String authority, String path, Headers headers) {
        this(method, scheme, authority, path, headers, Authority.port(authority, scheme));
    }

    /** A request to the authority's host, on this port. */
    public RequestHead(String method, String scheme, String authority, String path, Headers headers, int port) {
        this(method, scheme, authority, path, headers, port, null);
    }

    /** The authority without a port and without the brackets of an IPv6 literal. */
    public String host() {
        return Authority.host(authority);
    }

    /** The host to connect to where the mesh knows none. */
    public String dialledHost() {
        return dialled == null ? host() : dialled;
    }

    public RequestHead withHeaders(Headers changed) {
        return new RequestHead(method, scheme, authority, path, changed, port, dialled);
    }

    public RequestHead withPath(String other) {
        return new RequestHead(method, scheme, authority, other, headers, port, dialled);
    }

    /** The same call under another logical host; where it goes if nobody knows that host does not change. */
    public RequestHead withAuthority(String other) {
        return new RequestHead(method, scheme, other, path, headers, port, dialledHost());
    }
}
