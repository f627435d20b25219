package dev.weft.request;

import org.jspecify.annotations.Nullable;

/** Splits and checks {@code host[:port]} without allocating where it can. */
public final class Authority {
    private Authority() {}

    /** The host part; brackets of an IPv6 literal removed. */
    public static String host(String authority) {
        if (authority.startsWith("[")) {
            int close = authority.indexOf(']');
            return close < 0 ? authority : authority.substring(1, close);
        }
        int colon = authority.lastIndexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    /**
     * What makes this no authority that every reader takes for the same, for logs.
     *
     * @return null if nothing does
     */
    public static @Nullable String trouble(String authority) {
        for (int i = 0; i < authority.length(); i++) {
            char c = authority.charAt(i);
            if (c <= ' ' || c >= 0x7F || "@/\\?#,;\"<>".indexOf(c) >= 0) {
                return String.format("U+%04X at position %d, which no host may hold", (int) c, i);
            }
        }
        if (authority.contains("..")) {
            return "an empty label";
        }
        return colon(authority) >= 0 && writtenPort(authority) < 0
                ? "a port from 0 to 65535 was expected after the colon"
                : null;
    }

    /** Without the dot that ends an absolute name: {@code a.example.com.} is the same host to everybody but a string comparison. */
    public static String withoutFinalDot(String authority) {
        int colon = colon(authority);
        int end = colon < 0 ? authority.length() : colon;
        return end > 1 && authority.charAt(end - 1) == '.'
                ? authority.substring(0, end - 1) + authority.substring(end)
                : authority;
    }

    private static int colon(String authority) {
        return authority.indexOf(':', authority.startsWith("[") ? Math.max(0, authority.indexOf(']')) : 0);
    }

    /** The port written in the authority; else 443 for https and 80 for everything else. */
    public static int port(String authority, String scheme) {
        int written = writtenPort(authority);
        return written >= 0 ? written : "https".equals(scheme) ? 443 : 80;
    }

    /** The port written in the authority, or -1 if there is none or it is not a number from 0 to 65535. */
    public static int writtenPort(String authority) {
        int colon = authority.lastIndexOf(':');
        if (colon < 0 || colon < authority.lastIndexOf(']') || colon == authority.length() - 1) {
            return -1;
        }
        int port = 0;
        for (int i = colon + 1; i < authority.length(); i++) {
            int digit = authority.charAt(i) - '0';
            if (digit < 0 || digit > 9 || port > 6553) {
                return -1;
            }
            port = port * 10 + digit;
        }
        return port <= 65_535 ? port : -1;
    }
}
