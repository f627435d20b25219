package dev.weft.control.validate.rules;

import java.util.Locale;
import java.util.Set;

/** Protocols of ports, case ignored. */
final class Protocols {
    private static final Set<String> HTTP = Set.of("http", "http2", "http_proxy", "grpc", "grpc-web");
    private static final Set<String> TLS = Set.of("https", "tls");
    private static final Set<String> OTHER = Set.of("tcp", "udp", "mongo", "redis", "mysql");
    private static final Set<String> DYNAMIC_DNS = Set.of("http", "http2", "grpc", "tls");

    private Protocols() {}

    static boolean http(Place protocol) {
        return HTTP.contains(lower(protocol));
    }

    static boolean tls(Place protocol) {
        return TLS.contains(lower(protocol));
    }

    static boolean tcp(Place protocol) {
        return tls(protocol)
                || OTHER.contains(lower(protocol)) && !lower(protocol).equals("udp");
    }

    static boolean resolvedOnDemand(Place protocol) {
        return DYNAMIC_DNS.contains(lower(protocol));
    }

    static boolean known(Place protocol) {
        String name = lower(protocol);
        return HTTP.contains(name) || TLS.contains(name) || OTHER.contains(name);
    }

    /** Known or left out, in which case it is sniffed. */
    static void optional(Place protocol) {
        if (!protocol.text().isEmpty() && !known(protocol)) {
            protocol.error(
                    "a protocol was expected: HTTP, HTTP2, HTTPS, GRPC, GRPC-WEB, TLS, TCP, MONGO, REDIS, MYSQL");
        }
    }

    private static String lower(Place protocol) {
        return protocol.text().toLowerCase(Locale.ROOT);
    }
}
