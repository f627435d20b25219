package dev.weft.control.validate.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Attributes of a call that authorization looks at, and what their values look like. */
final class Attributes {
    private static final int MAX_ACCOUNTS = 16;
    private static final int MAX_ACCOUNT = 320;
    /** Characters that RFC 3986 admits in a segment of a path. */
    private static final Pattern SEGMENT = Pattern.compile("[a-zA-Z0-9\\-._~%!$&'()+,;:@=]+");

    private static final Set<String> TEXTS = Set.of(
            "source.namespace",
            "source.principal",
            "request.auth.principal",
            "request.auth.audiences",
            "request.auth.presenter",
            "connection.sni");
    private static final Set<String> ADDRESSES = Set.of("source.ip", "remote.ip", "destination.ip");
    private static final List<String> WITH_KEY =
            List.of("request.headers", "request.auth.claims", "experimental.envoy.filters.");

    private Attributes() {}

    /** A condition's key, and its values. */
    static void condition(Place key, List<Place> lists) {
        String name = key.text();
        if (WITH_KEY.stream().anyMatch(name::startsWith)) {
            int open = name.indexOf('[');
            if (open <= 0 || !name.endsWith("]") || open >= name.length() - 2) {
                key.error("a name in brackets was expected, as in request.headers[user-agent]");
            }
            each(lists, Attributes::filled);
        } else if (TEXTS.contains(name)) {
            each(lists, Attributes::filled);
        } else if (ADDRESSES.contains(name)) {
            each(lists, IpAddresses::addressOrBlock);
        } else if (name.equals("destination.port")) {
            each(lists, Attributes::port);
        } else if (name.equals("source.trustDomain")) {
            each(lists, Attributes::pattern);
        } else if (name.equals("source.serviceAccount")) {
            each(lists, Attributes::serviceAccount);
            lists.forEach(Attributes::atMostSixteen);
        } else {
            key.error("an attribute was expected, such as source.namespace or request.headers[user-agent]");
        }
    }

    private static void each(List<Place> lists, Function<String, Optional<String>> check) {
        for (Place list : lists) {
            list.items().forEach(value -> value.error(check.apply(value.text())));
        }
    }

    static Optional<String> filled(String value) {
        return value.isEmpty() ? Optional.of("a text was expected") : Optional.empty();
    }

    static Optional<String> port(String value) {
        boolean right = !value.isEmpty()
                && value.length() <= 5
                && value.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(value) <= 65_535;
        return right ? Optional.empty() : Optional.of("a port was expected");
    }

    /** At most one wildcard, at an end. */
    static Optional<String> pattern(String value) {
        int star = value.indexOf('*');
        boolean right = !value.isEmpty() && star == value.lastIndexOf('*') && (star <= 0 || star == value.length() - 1);
        return right ? Optional.empty() : Optional.of("a text with at most one *, at its start or end, was expected");
    }

    static Optional<String> trustDomain(String value) {
        return value.contains("/") ? Optional.of("a trust domain was expected, without /") : pattern(value);
    }

    static Optional<String> serviceAccount(String value) {
        String[] parts = value.split("/", -1);
        boolean right = parts.length <= 2
                && List.of(parts).stream().noneMatch(String::isEmpty)
                && !value.contains("*")
                && value.length() <= MAX_ACCOUNT;
        return right ? Optional.empty() : Optional.of("ACCOUNT or NAMESPACE/ACCOUNT was expected, without wildcards");
    }

    static void atMostSixteen(Place list) {
        if (list.items().size() > MAX_ACCOUNTS) {
            list.error("at most " + MAX_ACCOUNTS + " were expected");
        }
    }

    /** A path, or a template with {@code {*}} for a segment and {@code {**}} for all the rest. */
    static Optional<String> path(String path) {
        if (path.isEmpty()) {
            return filled(path);
        }
        boolean template = path.contains("{*}") || path.contains("{**}");
        boolean rest = false;
        for (String segment : strip(path).split("/", -1)) {
            boolean operator = segment.equals("{*}") || segment.equals("{**}");
            if (operator && rest) {
                return Optional.of("{**} was expected at the end only");
            }
            rest |= segment.equals("{**}");
            if (!operator && (segment.contains("{") || segment.contains("}"))) {
                return Optional.of("{*} or {**} was expected as a whole segment");
            }
            if (!operator && template && !SEGMENT.matcher(segment).matches()) {
                return Optional.of("segments of a path were expected beside {*} and {**}, \"" + segment + "\" is none");
            }
        }
        return Optional.empty();
    }

    private static String strip(String path) {
        int from = 0;
        int to = path.length();
        while (from < to && path.charAt(from) == '/') {
            from++;
        }
        while (to > from && path.charAt(to - 1) == '/') {
            to--;
        }
        return path.substring(from, to);
    }
}
