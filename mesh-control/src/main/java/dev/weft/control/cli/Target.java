package dev.weft.control.cli;

import dev.weft.request.Authority;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes a request of what stands on a command line. */
final class Target {
    private Target() {}

    /**
     * The request. The path is taken as it is written; nothing is decoded or encoded.
     *
     * @param url with or without scheme
     * @param fields {@code name: value}; {@code Host} replaces the URL's
     * @param port that is dialled, or null for the URL's
     * @throws IllegalArgumentException with what is wrong, for people
     */
    static RequestHead of(String method, String url, List<String> fields, @Nullable Integer port) {
        int scheme = url.indexOf("://");
        String protocol = scheme < 0 ? "http" : url.substring(0, scheme).toLowerCase(Locale.ROOT);
        if (!protocol.equals("http") && !protocol.equals("https")) {
            throw new IllegalArgumentException("URL " + url + ": http or https was expected");
        }
        String rest = scheme < 0 ? url : url.substring(scheme + 3);
        int end = pathBegins(rest);
        String authority = rest.substring(0, end);
        String path = rest.substring(end);
        int fragment = path.indexOf('#');
        path = fragment < 0 ? path : path.substring(0, fragment);
        if (authority.isEmpty()) {
            throw new IllegalArgumentException("URL " + url + ": a host was expected");
        }
        int dialled = port != null ? port : Authority.port(authority, protocol);
        Headers.Builder headers = Headers.builder();
        for (String field : fields) {
            int colon = field.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("header " + field + ": `name: value` was expected");
            }
            String name = field.substring(0, colon).strip();
            String value = field.substring(colon + 1).strip();
            if (name.equalsIgnoreCase("host")) {
                authority = value;
            } else {
                headers.add(name, value);
            }
        }
        return new RequestHead(
                method, protocol, authority, path.startsWith("/") ? path : "/" + path, headers.build(), dialled);
    }

    private static int pathBegins(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            if ("/?#".indexOf(rest.charAt(i)) >= 0) {
                return i;
            }
        }
        return rest.length();
    }
}
