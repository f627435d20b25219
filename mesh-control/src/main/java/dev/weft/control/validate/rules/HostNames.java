package dev.weft.control.validate.rules;

import java.util.Optional;
import java.util.regex.Pattern;

/** What Istio takes for a host, a label's worth of a name, or a namespace. Each check answers what is wrong, or nothing. */
final class HostNames {
    private static final int MAX_LENGTH = 255;
    private static final int MAX_LABEL = 63;
    private static final String LABEL = "[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?";
    private static final Pattern DNS_LABEL = Pattern.compile(LABEL);
    /** {@code *}, {@code *-rest}, {@code *rest} or a label. */
    private static final Pattern FIRST_LABEL = Pattern.compile("\\*|(?:\\*-?)?" + LABEL);

    private HostNames() {}

    static boolean label(String text) {
        return text.length() <= MAX_LABEL && DNS_LABEL.matcher(text).matches();
    }

    /** A name without wildcards; a trailing dot is accepted. */
    static Optional<String> fullyQualified(String host) {
        return length(host).or(() -> labels(host, host));
    }

    /** A name whose first label may be, or begin with, a wildcard. */
    static Optional<String> wildcard(String host) {
        Optional<String> length = length(host);
        if (length.isPresent()) {
            return length;
        }
        int dot = host.indexOf('.');
        String first = dot < 0 ? host : host.substring(0, dot);
        if (first.length() > MAX_LABEL || !FIRST_LABEL.matcher(first).matches()) {
            return bad(host, first);
        }
        return dot < 0 ? Optional.empty() : labels(host, host.substring(dot + 1));
    }

    /** A wildcard stands alone or is a whole first label. */
    static Optional<String> wholeWildcard(String host) {
        boolean partial = host.contains("*") && host.length() != 1 && !host.startsWith("*.");
        return partial
                ? Optional.of("a whole label was expected in place of the wildcard, as in *.example.com")
                : Optional.empty();
    }

    /** Whether one host or pattern catches something of the other. */
    static boolean overlap(String a, String b) {
        return covers(a, b) || covers(b, a);
    }

    /** Whether everything that {@code narrow} catches is caught by {@code wide}. */
    static boolean covers(String wide, String narrow) {
        if (!wide.startsWith("*")) {
            return wide.equals(narrow);
        }
        String suffix = wide.substring(1);
        if (!narrow.startsWith("*")) {
            return narrow.endsWith(suffix);
        }
        return narrow.length() >= wide.length() && narrow.substring(1).endsWith(suffix);
    }

    private static Optional<String> length(String host) {
        if (host.isEmpty()) {
            return Optional.of("a host name was expected");
        }
        return host.length() > MAX_LENGTH
                ? Optional.of("a host name of at most " + MAX_LENGTH + " characters was expected")
                : Optional.empty();
    }

    private static Optional<String> labels(String host, String rest) {
        String[] labels = rest.split("\\.", -1);
        String top = labels[labels.length - 1];
        if (!top.isEmpty() && top.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of("a host name was expected, and the last label of one is not a number");
        }
        for (int i = 0; i < labels.length; i++) {
            boolean trailingDot = i == labels.length - 1 && labels[i].isEmpty();
            if (!trailingDot && !label(labels[i])) {
                return bad(host, labels[i]);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> bad(String host, String label) {
        String which = label.equals(host) ? "" : "; \"" + label + "\" is no part of one";
        return Optional.of("a host name was expected" + which);
    }
}
