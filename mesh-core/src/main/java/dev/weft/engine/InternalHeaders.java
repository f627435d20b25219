package dev.weft.engine;

import dev.weft.request.Deadline;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseHead;
import java.util.List;
import java.util.Set;

/**
 * Fields that only the mesh may write. A caller's are removed and never obeyed (Envoy does so for requests that it does not
 * deem internal): who may set a header must not be able to switch off a policy. What a server sends under our names is
 * removed too, so that nobody is told of a local reply that was none.
 */
final class InternalHeaders {
    private static final String MESH = "x-mesh-";
    private static final String ENVOY = "x-envoy-";

    private static final Set<String> OURS = Set.of(
            "x-envoy-retry-on",
            "x-envoy-retry-grpc-on",
            "x-envoy-max-retries",
            "x-envoy-retriable-status-codes",
            "x-envoy-retriable-header-names",
            "x-envoy-upstream-rq-timeout-ms",
            "x-envoy-upstream-rq-per-try-timeout-ms",
            "x-envoy-upstream-alt-stat-name",
            "x-envoy-expected-rq-timeout-ms",
            "x-envoy-force-trace",
            "x-envoy-ip-tags",
            "x-envoy-original-url",
            "x-envoy-hedge-on-per-try-timeout",
            Deadline.HEADER,
            LocalReply.FLAGS_HEADER,
            LocalReply.REASON_HEADER);

    /**
     * Removed from what arrives, besides {@link #OURS}: what a peer says about itself and what a proxy claims to have verified.
     * Neither can be believed without a verified identity of the peer.
     */
    private static final List<String> CLAIMS =
            List.of("x-envoy-peer-metadata", "x-envoy-peer-metadata-id", "x-forwarded-client-cert");

    private InternalHeaders() {}

    /** An arrived head as the application may see it; the same instance when there was nothing to remove. */
    static RequestHead arrived(RequestHead head) {
        RequestHead stripped = stripped(head);
        Headers headers = stripped.headers();
        boolean claims = false;
        for (String claim : CLAIMS) {
            claims |= headers.contains(claim);
        }
        if (!claims) {
            return stripped;
        }
        Headers.Builder kept = headers.toBuilder();
        CLAIMS.forEach(kept::remove);
        return stripped.withHeaders(kept.build());
    }

    /** The head without what only the mesh may say; the same instance when there was nothing. */
    static RequestHead stripped(RequestHead head) {
        Headers headers = head.headers();
        if (!headers.anyNameStarts(MESH) && !headers.anyNameStarts(ENVOY)) {
            return head;
        }
        Headers.Builder kept = headers.toBuilder();
        headers.forEach((name, value) -> {
            if (OURS.contains(name)) {
                kept.remove(name);
            }
        });
        return head.withHeaders(kept.build());
    }

    /** The response without Weft's own fields; the same instance when there were none. */
    static ResponseHead stripped(ResponseHead response) {
        Headers headers = response.headers();
        if (!headers.anyNameStarts(MESH)) {
            return response;
        }
        Headers.Builder kept = headers.toBuilder();
        headers.forEach((name, value) -> {
            if (name.startsWith(MESH)) {
                kept.remove(name);
            }
        });
        return new ResponseHead(response.status(), kept.build());
    }
}
