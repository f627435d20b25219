package dev.weft.authz.external;

import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseHead;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Carries questions to services of the mesh, as the mesh carries every call: balanced, encrypted, observed. Safe for use from any thread. */
@FunctionalInterface
public interface Courier {

    /**
     * Sends, and never blocks. Completes on a thread that may block, with a server's whole answer; fails, with a sentence for logs, when
     * there is none: no such cluster, no host, too late, too long, or an answer that the mesh gave itself.
     */
    CompletionStage<Answer> send(Parcel parcel);

    /** For processes that have nothing to send with. */
    Courier NONE = parcel -> CompletableFuture.failedFuture(
            new IllegalStateException("nothing here can send it; add dev.weft:mesh-http to the class path"));

    /**
     * What to send.
     *
     * @param cluster where to: {@code outbound|PORT||HOST}
     * @param head as it shall arrive, authority included
     * @param body may be empty
     * @param timeout until the answer is whole
     */
    record Parcel(String cluster, RequestHead head, byte[] body, Duration timeout) {}

    /**
     * What came back.
     *
     * @param body at most 1 MiB
     */
    record Answer(ResponseHead head, byte[] body, Headers trailers) {}
}
