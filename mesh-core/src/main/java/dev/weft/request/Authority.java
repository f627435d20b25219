package dev.weft.request;

/** Splits {@code host[:port]} without allocating where it can. */
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
