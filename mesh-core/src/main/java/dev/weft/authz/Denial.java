package dev.weft.authz;

import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import java.util.Set;

/** How a request is refused: the peer hears Envoy's words and no reason. */
public final class Denial {
    /** Envoy's body. */
    public static final String BODY = "RBAC: access denied";

    private static final Headers TEXT = Headers.of("content-type", "text/plain");

    private Denial() {}

    /**
     * A 403.
     *
     * @param reason for logs: which policy, or what is wrong
     */
    public static LocalReply because(String reason) {
        return new LocalReply(403, Set.of(), reason, BODY, TEXT, null);
    }
}
