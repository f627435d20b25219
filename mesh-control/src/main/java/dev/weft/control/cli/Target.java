package dev.weft.control.cli;

import dev.weft.request.Authority;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a request of what stands on a command line. */
final class Target {
    /** RFC 9110's token: methods and names of headers. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Pattern LINE_END = Pattern.compile("[\\r\\n\\x00]");
    private static final Pattern BLANK_OR_CONTROL = Pattern.compile("[\\p{Cntrl} ]");
    /** Of a host, what keeps it from being one: blanks, user names, brackets that are left open. */
    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+(%[^\\]\\s]+)?\\]|[^\\s\\p{Cntrl}:@\\[\\]\\\\]+)(:(?<port>\\d+))?");

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
        if (!TOKEN.matcher(method).matches()) {
            throw new IllegalArgumentException("method " + method + ": a word such as GET was expected");
        }
        if (BLANK_OR_CONTROL.matcher(path).find()) {
            throw new IllegalArgumentException("URL " + url + ": blanks and controls are written as in %20");
        }
        checkAuthority("URL " + url, authority);
        int dialled = port != null ? port : Authority.port(authority, protocol);
        Headers.Builder headers = Headers.builder();
        for (String field : fields) {
            int colon = field.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("header " + field + ": `name: value` was expected");
            }
            String name = field.substring(0, colon).strip();
            String value = field.substring(colon + 1).strip();
            if (!TOKEN.matcher(name).matches() || LINE_END.matcher(value).find()) {
                throw new IllegalArgumentException("header " + field + ": no header can be written so");
            }
            if (name.equalsIgnoreCase("host")) {
                checkAuthority("header " + field, value);
                authority = value;
            } else {
                headers.add(name, value);
            }
        }
        return new RequestHead(
                method, protocol, authority, path.startsWith("/") ? path : "/" + path, headers.build(), dialled);
    }

    /** A router looks for a host that cannot be as for any other; here it is a slip of the pen. */
    private static void checkAuthority(String place, String authority) {
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            throw new IllegalArgumentException(place + ": HOST or HOST:PORT was expected, an IPv6 address in []");
        }
        String port = parts.group("port");
        if (port != null && (port.length() > 5 || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535)) {
            throw new IllegalArgumentException(place + ": port " + port + ", expected 1 to 65535");
        }
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
