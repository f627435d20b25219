package dev.weft.route;

import dev.weft.config.CorsPolicy;
import dev.weft.config.StringMatch;
import dev.weft.match.TextTest;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseHead;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cross-origin rules as Envoy's filter applies them: preflights are answered, allowed origins are named in answers. */
public final class Cors {
    private Cors() {}

    /** The answer to a preflight request, or null when the request has to be forwarded. */
    public static @Nullable LocalReply preflight(CorsPolicy policy, RequestHead head) {
        String origin = head.headers().first("origin");
        String wanted = head.headers().first("access-control-request-method");
        if (!head.method().equals("OPTIONS")
                || origin == null
                || origin.isEmpty()
                || wanted == null
                || wanted.isEmpty()) {
            return null;
        }
        if (!allows(policy, origin)) {
            return policy.forwardUnmatchedPreflights()
                    ? null
                    : new LocalReply(
                            200, Set.of(), "preflight from an origin that is not allowed", "", Headers.EMPTY, null);
        }
        Headers.Builder headers = Headers.builder();
        allow(headers, policy, origin);
        addUnlessEmpty(headers, "access-control-allow-methods", policy.allowMethods());
        addUnlessEmpty(headers, "access-control-allow-headers", policy.allowHeaders());
        addUnlessEmpty(headers, "access-control-max-age", policy.maxAge());
        return new LocalReply(
                200, Set.of(), "preflight answered by the route's CORS policy", "", headers.build(), null);
    }

    /** The response with the fields that a browser of an allowed origin needs. */
    public static ResponseHead respond(CorsPolicy policy, RequestHead head, ResponseHead response) {
        String origin = head.headers().first("origin");
        if (origin == null || origin.isEmpty() || !allows(policy, origin)) {
            return response;
        }
        Headers.Builder headers = response.headers().toBuilder();
        allow(headers, policy, origin);
        return new ResponseHead(response.status(), headers.build());
    }

    private static void allow(Headers.Builder headers, CorsPolicy policy, String origin) {
        headers.set("access-control-allow-origin", origin);
        if (Boolean.TRUE.equals(policy.allowCredentials())) {
            headers.set("access-control-allow-credentials", "true");
        }
        addUnlessEmpty(headers, "access-control-expose-headers", policy.exposeHeaders());
    }

    private static void addUnlessEmpty(Headers.Builder headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.set(name, value);
        }
    }

    private static boolean allows(CorsPolicy policy, String origin) {
        for (StringMatch match : policy.allowOrigins()) {
            boolean everybody =
                    match instanceof StringMatch.Exact exact && exact.value().equals("*");
            // Policies have one or two origins and CORS is rare: compiling here beats carrying compiled tests around.
            if (everybody || TextTest.of(match).test(origin)) {
                return true;
            }
        }
        return false;
    }
}
