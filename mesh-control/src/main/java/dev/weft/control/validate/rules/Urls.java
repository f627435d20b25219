package dev.weft.control.validate.rules;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** URLs of keys and plug-ins. Nothing is fetched. */
final class Urls {
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):(.*)");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");
    private static final Pattern HOST_PORT = Pattern.compile("(?:\\[[^\\]]*\\]|[^:\\[\\] ]*)(?::[0-9]*)?");

    private Urls() {}

    /** What is wrong with a URL of one of these schemes; "" among them admits one without. */
    static Optional<String> check(String url, List<String> schemes) {
        String expected = "a URL was expected, beginning with "
                + String.join(
                        " or ",
                        schemes.stream()
                                .filter(s -> !s.isEmpty())
                                .map(s -> s + "://")
                                .toList());
        if (url.chars().anyMatch(c -> c < 0x20 || c == 0x7F)
                || BAD_ESCAPE.matcher(url).find()) {
            return Optional.of(expected);
        }
        Matcher parts = SCHEME.matcher(url);
        boolean scheme = parts.matches() && parts.group(2).startsWith("//");
        if (!schemes.contains(scheme ? parts.group(1).toLowerCase(java.util.Locale.ROOT) : "")) {
            return Optional.of(expected);
        }
        String rest = scheme ? parts.group(2).substring(2) : url;
        String authority = rest.split("[/?#]", 2)[0];
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        return HOST_PORT.matcher(host).matches()
                ? Optional.empty()
                : Optional.of(expected + ", with a number for a port");
    }
}
