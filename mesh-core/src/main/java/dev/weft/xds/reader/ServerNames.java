package dev.weft.xds.reader;

import java.util.regex.Pattern;

/** Which kind of subject alternative name a text is. Transports tell by the same rule with which kind to compare it. */
final class ServerNames {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private ServerNames() {}

    /** Envoy's word for it. */
    static String kind(String name) {
        if (name.contains("://")) {
            return "URI";
        }
        return name.indexOf(':') >= 0 || IPV4.matcher(name).matches() ? "IP_ADDRESS" : "DNS";
    }
}
