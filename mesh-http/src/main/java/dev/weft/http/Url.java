package dev.weft.http;

import java.util.Locale;

/**
 * The parts of an absolute URL that a request needs, as they were written.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host with an optional port
 * @param path with the query, at least {@code /}
 */
record Url(String scheme, String authority, String path) {

    /** @throws IllegalArgumentException naming the URL and what was expected */
    static Url of(String text) {
        int colon = text.indexOf("://");
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("URL " + text + ": http://host/path or https://host/path was expected");
        }
        int start = colon + 3;
        int end = start;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String authority = text.substring(start, end);
        if (authority.isEmpty() || authority.startsWith(":")) {
            throw new IllegalArgumentException("URL " + text + ": a host was expected after ://");
        }
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "URL " + text + ": no user information was expected before the host; use an authorization header");
        }
        int fragment = text.indexOf('#', end);
        String path = text.substring(end, fragment < 0 ? text.length() : fragment);
        return new Url(scheme, authority, path.startsWith("/") ? path : "/" + path);
    }
}
