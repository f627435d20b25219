package dev.weft.http;

import dev.weft.Mesh;
import dev.weft.http.call.Outbound;
import dev.weft.http.call.OutboundCall;
import dev.weft.http.call.Terms;
import dev.weft.request.Hints;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * An HTTP client on the mesh: the shortest way for code that has no client yet. Cheap to make, to be shared, safe for use
 * from any thread, nothing to close: connections belong to the mesh.
 *
 * <p>What the mesh decides is a response, not an exception: 503 {@code UH} when no host is healthy, 504 {@code UT} when time
 * is over, and so on; {@link MeshResponse#localReply} tells such an answer from a server's. Names the mesh does not know are
 * called directly, or answered with 502 where the outbound policy says REGISTRY_ONLY.
 */
public final class MeshHttpClient {
    private final Outbound outbound;

    private MeshHttpClient(Outbound outbound) {
        this.outbound = outbound;
    }

    /** @throws dev.weft.MeshException.Closed if the mesh is closed */
    public static MeshHttpClient of(Mesh mesh) {
        return new MeshHttpClient(Outbound.of(mesh));
    }

    /** {@code send(MeshRequest.get(url))}. */
    public MeshResponse get(String url) {
        return send(MeshRequest.get(url));
    }

    /** Sends with the {@linkplain Hints#current hints of this thread}. */
    public MeshResponse send(MeshRequest request) {
        return send(request, Hints.current());
    }

    /**
     * Sends, and waits for the head of the response. Waiting parks the thread; a virtual one frees its carrier.
     *
     * @throws CancellationException if the thread is interrupted; the call is cancelled and the interrupt kept
     * @throws UncheckedIOException if the request body cannot be read
     */
    public MeshResponse send(MeshRequest request, Hints hints) {
        Waiting waiting = new Waiting();
        OutboundCall call = outbound.begin(request.head(), request.body(), Terms.of(hints), waiting);
        return new MeshResponse(waiting.await(call), call, outbound.transport().blocking());
    }

    /** Sends with the {@linkplain Hints#current hints of this thread}. */
    public CompletableFuture<MeshResponse> sendAsync(MeshRequest request) {
        return sendAsync(request, Hints.current());
    }

    /**
     * Sends; the future completes with the head of the response, on a thread that may block. Cancelling it ends the call and
     * its attempt. It fails only if the request body cannot be read.
     */
    public CompletableFuture<MeshResponse> sendAsync(MeshRequest request, Hints hints) {
        PendingResponse pending = new PendingResponse(outbound.transport().blocking());
        pending.carriedBy(outbound.begin(request.head(), request.body(), Terms.of(hints), pending));
        return pending.future();
    }
}
