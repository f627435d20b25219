package dev.weft.http.hc5;

import dev.weft.http.call.Outbound;
import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/** Gives the rest of the chain a runtime that calls over the mesh, where the host is one of the mesh's. */
final class AsyncMeshing implements AsyncExecChainHandler {
    private final Outbound outbound;

    AsyncMeshing(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public void execute(
            HttpRequest request,
            @Nullable AsyncEntityProducer given,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        AsyncEntityProducer body = AsyncPastRetry.original(given);
        AsyncRuntime runtime = runtime(request, scope);
        if (runtime == null) {
            chain.proceed(request, body, own(scope), callback);
            return;
        }
        Header[] fields = request.getHeaders();
        runtime.outside(() -> {
            try {
                // The interceptors have seen the request and will see it again.
                request.setHeaders(fields);
                if (body != null) {
                    body.releaseResources();
                }
                chain.proceed(request, body, runtime.given(), callback);
            } catch (HttpException | IOException | RuntimeException e) {
                callback.failed(e);
            }
        });
        chain.proceed(request, body, runtime.scope(), callback);
    }

    /** The runtime that is there already, or a new one; null: the host is none of the mesh's. */
    @Nullable
    AsyncRuntime runtime(HttpRequest request, AsyncExecChain.Scope scope) {
        if (scope.execRuntime instanceof AsyncRuntime runtime && runtime.isOf(outbound)) {
            return runtime;
        }
        AsyncExecChain.Scope own = own(scope);
        HttpHost target = own.route.getTargetHost();
        return outbound.takes(Heads.authority(request, target), Heads.scheme(request, target))
                ? new AsyncRuntime(outbound, own)
                : null;
    }

    /** The scope of the client's own runtime; there may be one of a mesh that this builder was wrapped for before. */
    static AsyncExecChain.Scope own(AsyncExecChain.Scope scope) {
        return scope.execRuntime instanceof AsyncRuntime runtime ? runtime.given() : scope;
    }
}
