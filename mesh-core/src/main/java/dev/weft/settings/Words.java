package dev.weft.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads single values. Null stands for "not understood": the caller knows what was expected. */
final class Words {
    private static final Pattern PARTS = Pattern.compile("(?:\\d{1,9}(?:ms|s|m|h|d))+");
    private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m|h|d)");
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern IP = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private Words() {}

    /** {@code 300ms}, {@code 5s}, {@code 1m30s}, or ISO: {@code PT5S}. */
    static @Nullable Duration duration(String text) {
        if (PARTS.matcher(text).matches()) {
            Duration sum = Duration.ZERO;
            for (Matcher part = PART.matcher(text); part.find(); ) {
                long number = Long.parseLong(part.group(1));
                sum = sum.plus(
                        switch (part.group(2)) {
                            case "ms" -> Duration.ofMillis(number);
                            case "s" -> Duration.ofSeconds(number);
                            case "m" -> Duration.ofMinutes(number);
                            case "h" -> Duration.ofHours(number);
                            default -> Duration.ofDays(number);
                        });
            }
            return sum;
        }
        try {
            Duration iso = Duration.parse(text);
            return iso.isNegative() ? null : iso;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** 1 to 65535, or null. */
    static @Nullable Integer port(String text) {
        if (!text.matches("\\d{1,5}")) {
            return null;
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 65_535 ? port : null;
    }

    static boolean isDnsLabel(String text) {
        return DNS_LABEL.matcher(text).matches();
    }

    /** An IPv6 address in brackets, as in a URL. */
    static boolean isHostAndPort(String text) {
        int colon = text.lastIndexOf(':');
        return colon > 0
                && port(text.substring(colon + 1)) != null
                && text.substring(0, colon).matches("[A-Za-z0-9._-]+|\\[[0-9a-fA-F:.%]+]");
    }

    static boolean isIp(String text) {
        return IP.matcher(text).matches();
    }

    private static String host(String hostAndPort) {
        String host = hostAndPort.substring(0, hostAndPort.lastIndexOf(':'));
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Only the machine itself can be at the other end. */
    static boolean isLoopback(String hostAndPort) {
        String host = host(hostAndPort).toLowerCase(Locale.ROOT);
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
    }
}
