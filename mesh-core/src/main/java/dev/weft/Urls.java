package dev.weft;

import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.util.Locale;
import java.util.Map;

/** Takes a URL apart as an HTTP client does, without insisting on more than that. */
final class Urls {
    private Urls() {}

    /** @throws IllegalArgumentException if it is not an absolute http or https URL with a host */
    static RequestHead head(String method, String url, Map<String, String> headers) {
        int colon = url.indexOf("://");
        String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "`" + url + "`: a URL that begins with http:// or https:// was expected");
        }
        int from = colon + 3;
        int end = from;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String authority =
                url.substring(url.lastIndexOf('@', end - 1) >= from ? url.lastIndexOf('@', end - 1) + 1 : from, end);
        if (authority.isEmpty() || authority.startsWith(":")) {
            throw new IllegalArgumentException("`" + url + "`: a host was expected after " + scheme + "://");
        }
        int fragment = url.indexOf('#', end);
        String path = url.substring(end, fragment < 0 ? url.length() : fragment);
        return new RequestHead(
                method, scheme, authority, path.startsWith("/") ? path : "/" + path, Headers.of(headers));
    }
}
