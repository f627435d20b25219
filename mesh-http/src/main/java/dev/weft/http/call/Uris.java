package dev.weft.http.call;

import java.net.URI;
import java.util.Locale;

/** The parts of a URI that a request needs, as they were written. */
public final class Uris {
    private Uris() {}

    /** Host and port, without user information; empty if there is none. */
    public static String authority(URI uri) {
        String authority = uri.getRawAuthority();
        return authority == null ? "" : authority.substring(authority.lastIndexOf('@') + 1);
    }

    /** In lower case; empty if there is none. */
    public static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    /** Path and query, percent-encoded, at least {@code /}. */
    public static String path(URI given) {
        // A URI may hold characters beyond ASCII; on the wire they are percent-encoded.
        URI uri = given.toString().chars().allMatch(c -> c < 0x80) ? given : URI.create(given.toASCIIString());
        String path = uri.getRawPath();
        String whole = path == null || path.isEmpty() ? "/" : path;
        return uri.getRawQuery() == null ? whole : whole + "?" + uri.getRawQuery();
    }
}
