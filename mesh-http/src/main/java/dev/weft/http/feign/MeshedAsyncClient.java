package dev.weft.http.feign;

import dev.weft.http.call.LateOutbound;
import dev.weft.http.call.Outbound;
import feign.AsyncClient;
import feign.Request;
import feign.Response;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A user's asynchronous client with the mesh before it. Nobody waits for a head; what hangs on the future runs where it may block.
 *
 * @param outside takes every call that is none of the mesh's
 */
record MeshedAsyncClient<C>(LateOutbound mesh, AsyncClient<C> outside) implements AsyncClient<C> {

    @Override
    public CompletableFuture<Response> execute(Request request, Request.Options options, Optional<C> requestContext) {
        URI uri = FeignRequests.uri(request);
        Outbound outbound = uri == null ? null : mesh.taking(uri);
        if (uri == null || outbound == null) {
            return outside.execute(request, options, requestContext);
        }
        PendingFeign<C> pending = new PendingFeign<>(this, request, options, requestContext);
        pending.carry(outbound, uri, request, 0);
        return pending.future();
    }
}
