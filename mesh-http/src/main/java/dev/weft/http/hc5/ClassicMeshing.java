package dev.weft.http.hc5;

import dev.weft.http.call.Outbound;
import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;

/**
 * Gives the rest of the chain a runtime that calls over the mesh, where the host is one of the mesh's. Stands before RETRY, so that its
 * neighbour behind RETRY knows, and before PROTOCOL, which is always there.
 */
final class ClassicMeshing implements ExecChainHandler {
    private final Outbound outbound;

    ClassicMeshing(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ExecChain.Scope given = scope;
        if (scope.execRuntime instanceof ClassicRuntime runtime) {
            if (runtime.isOf(outbound)) {
                return proceed(request, runtime, chain);
            }
            // Of a mesh that this builder was wrapped for before.
            given = runtime.given();
        }
        HttpHost target = given.route.getTargetHost();
        return outbound.takes(Heads.authority(request, target), Heads.scheme(request, target))
                ? proceed(request, new ClassicRuntime(outbound, given), chain)
                : chain.proceed(request, given);
    }

    private static ClassicHttpResponse proceed(ClassicHttpRequest request, ClassicRuntime runtime, ExecChain chain)
            throws IOException, HttpException {
        Header[] fields = request.getHeaders();
        HttpEntity entity = request.getEntity();
        try {
            return chain.proceed(request, runtime.scope());
        } catch (Outside e) {
            // The interceptors have seen it and will see it again.
            request.setHeaders(fields);
            request.setEntity(entity);
            return chain.proceed(request, runtime.given());
        } finally {
            ClassicPastRetry.restore(request);
        }
    }
}
