package dev.weft.http.transport;

import dev.weft.request.Headers;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fields that are said between two neighbours and not between caller and server (RFC 9110, 7.6.1). */
public final class HopByHop {
    private static final Set<String> NAMES = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    /** What the transport writes itself, from authority and body: a second opinion would be request smuggling. */
    private static final Set<String> OURS = Set.of("host", "content-length", "expect", "trailer");

    private HopByHop() {}

    /** Whether a request field of that lower-case name stays with the transport. */
    public static boolean notSent(String name) {
        return NAMES.contains(name) || OURS.contains(name);
    }

    /** Whether a field of that lower-case name ends here. */
    public static boolean is(String name) {
        return NAMES.contains(name);
    }

    /** Leaves out these fields and those that {@code connection} names. */
    static Headers stripped(Headers.Builder fields, @Nullable String connection) {
        NAMES.forEach(fields::remove);
        if (connection != null) {
            for (String named : connection.split(",")) {
                fields.remove(named.trim().toLowerCase(Locale.ROOT));
            }
        }
        return fields.build();
    }
}
