package dev.weft.control.catalog;

import java.util.Locale;

/** What a service port speaks, as far as routing has to know. */
public enum Protocol {
    HTTP,
    HTTP2,
    GRPC,
    /** Not said: HTTP, in whichever version the caller speaks. */
    UNKNOWN,
    /** Encrypted by the caller himself. */
    TLS,
    TCP;

    /** Reads Istio's protocol names; where there is none, the part of the port's name before the first dash decides. */
    public static Protocol of(String protocol, String portName) {
        String word = protocol.isEmpty() ? portName.split("-", 2)[0] : protocol;
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "HTTP", "HTTP_PROXY" -> HTTP;
            case "HTTP2", "GRPC-WEB" -> HTTP2;
            case "GRPC" -> GRPC;
            case "HTTPS", "TLS" -> TLS;
            case "TCP", "UDP", "MONGO", "MYSQL", "REDIS" -> TCP;
            default -> UNKNOWN;
        };
    }

    /** Whether HTTP rules apply. */
    public boolean isHttp() {
        return this != TLS && this != TCP;
    }

    public boolean isHttp2() {
        return this == HTTP2 || this == GRPC;
    }
}
