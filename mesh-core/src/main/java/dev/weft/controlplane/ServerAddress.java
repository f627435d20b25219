package dev.weft.controlplane;

import java.util.Locale;

/** {@code host:port} of a control plane; IPv6 literals in brackets. */
public record ServerAddress(String host, int port) {

    /** Fails with {@link IllegalArgumentException} if that is no address. */
    public static ServerAddress of(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            host = "";
        }
        int port = colon < 0 ? 0 : number(text.substring(colon + 1));
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("control plane " + text + ": host:port was expected");
        }
        return new ServerAddress(host, port);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Whether the name alone says so; names are not resolved for this, since DNS is not to be trusted with it. */
    public boolean isLoopback() {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.equals("::1") || name.matches("127(\\.\\d{1,3}){3}");
    }

    /** As it was written. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
