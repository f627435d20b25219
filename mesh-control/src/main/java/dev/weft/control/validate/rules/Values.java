package dev.weft.control.validate.rules;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules for single values that many kinds share: durations, ports, labels, sockets, regular expressions. */
final class Values {
    private static final int MAX_PORT = 65_535;
    private static final String QUALIFIED = "(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final Pattern LABEL_KEY = Pattern.compile(QUALIFIED);
    private static final Pattern LABEL_VALUE = Pattern.compile("(?:" + QUALIFIED + ")?");
    /** Envoy bounds the compiled size, which is always larger than the text; Istio bounds the text. */
    private static final int MAX_REGEX = 1_024;

    private static final String UNIX = "unix://";

    private Values() {}

    /** At least a millisecond, in whole milliseconds. */
    static void duration(Place place) {
        Duration duration = place.duration();
        if (!place.present() || duration == null) {
            return;
        }
        if (duration.compareTo(Duration.ofMillis(1)) < 0) {
            place.error("at least 1ms was expected");
        } else if (duration.toNanosPart() % 1_000_000 != 0) {
            place.error("whole milliseconds were expected");
        }
    }

    static void port(Place place) {
        if (!port(place.number())) {
            place.error("a port from 1 to 65535 was expected");
        }
    }

    static boolean port(double number) {
        return number >= 1 && number <= MAX_PORT;
    }

    static void percent(Place place) {
        if (place.number() < 0 || place.number() > 100) {
            place.error("a percentage from 0 to 100 was expected");
        }
    }

    /** Labels as Kubernetes writes them. */
    static void labels(Place labels) {
        labels.entries().forEach((key, value) -> {
            int slash = key.indexOf('/');
            boolean prefix = slash < 0 || prefix(key.substring(0, slash));
            String name = key.substring(slash + 1);
            if (!prefix || name.length() > 63 || !LABEL_KEY.matcher(name).matches()) {
                value.error("a label's name was expected, such as app or example.com/app");
            }
            if (value.text().length() > 63 || !LABEL_VALUE.matcher(value.text()).matches()) {
                value.error(
                        "a label's value was expected: letters, digits, -, _ and . with a letter or digit at the ends");
            }
        });
    }

    private static boolean prefix(String text) {
        if (text.length() > 253) {
            return false;
        }
        for (String label : text.split("\\.", -1)) {
            if (!HostNames.label(label)) {
                return false;
            }
        }
        return true;
    }

    static boolean unixSocket(String address) {
        return address.startsWith(UNIX);
    }

    /** The path of a {@code unix://} address: absolute, a file, or abstract with {@code @}. */
    static Optional<String> socketPath(String address) {
        String path = address.substring(UNIX.length());
        boolean right = path.startsWith("@") || path.startsWith("/") && !path.endsWith("/");
        return right ? Optional.empty() : Optional.of("an absolute path to a file was expected after unix://");
    }

    /** RE2's language, as Envoy's. */
    static Optional<String> regex(String text) {
        if (text.isEmpty()) {
            return Optional.of("a regular expression was expected");
        }
        if (text.length() > MAX_REGEX) {
            return Optional.of("a regular expression of at most " + MAX_REGEX + " characters was expected");
        }
        if (!RegexRepetition.bounded(text)) {
            return Optional.of("at most " + RegexRepetition.MAX + " repetitions were expected, nested ones multiplied");
        }
        try {
            com.google.re2j.Pattern.compile(text);
            return Optional.empty();
        } catch (com.google.re2j.PatternSyntaxException e) {
            return Optional.of("a regular expression of RE2 was expected: " + e.getMessage());
        }
    }
}
