package dev.weft.http.hc5;

import dev.weft.http.call.Outbound;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * Puts the mesh into a builder's execution chain. What is anchored at RETRY is left out by the builder where there are no retries, and
 * is not needed then; PROTOCOL is always there. When a builder is wrapped for another mesh, the later one stands nearer to each anchor
 * and has its way.
 */
final class Wrapping {
    private static final String RETRY = ChainElement.RETRY.name();
    private static final String PROTOCOL = ChainElement.PROTOCOL.name();
    private static final String NAME = "weft";

    private Wrapping() {}

    static Object classic(Outbound outbound, Object given) {
        ClassicMeshing meshing = new ClassicMeshing(outbound);
        return ((HttpClientBuilder) given)
                .addExecInterceptorFirst(NAME, new ClassicOrigin())
                .addExecInterceptorBefore(RETRY, NAME, meshing)
                .addExecInterceptorAfter(RETRY, NAME, new ClassicPastRetry())
                .addExecInterceptorBefore(PROTOCOL, NAME, meshing);
    }

    static Object async(Outbound outbound, Object given) {
        AsyncMeshing meshing = new AsyncMeshing(outbound);
        return ((HttpAsyncClientBuilder) given)
                .addExecInterceptorFirst(NAME, new AsyncOrigin())
                .addExecInterceptorBefore(RETRY, NAME, new AsyncPastRetry(meshing))
                .addExecInterceptorAfter(RETRY, NAME, meshing)
                .addExecInterceptorBefore(PROTOCOL, NAME, meshing);
    }

    static Object asyncHttp2(Outbound outbound, Object given) {
        AsyncMeshing meshing = new AsyncMeshing(outbound);
        return ((H2AsyncClientBuilder) given)
                .addExecInterceptorFirst(NAME, new AsyncOrigin())
                .addExecInterceptorBefore(RETRY, NAME, new AsyncPastRetry(meshing))
                .addExecInterceptorAfter(RETRY, NAME, meshing)
                .addExecInterceptorBefore(PROTOCOL, NAME, meshing);
    }
}
