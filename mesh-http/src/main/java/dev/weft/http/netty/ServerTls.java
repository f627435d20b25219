package dev.weft.http.netty;

import dev.weft.Mesh;
import dev.weft.http.tls.MeshContexts;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;

/** The mesh's TLS for servers on Netty. */
final class ServerTls {
    static final String NAME = "weft-tls";

    /**
     * In the order of preference. Istio's sidecars offer their own names before the common ones, and are content with either; who offers
     * nothing is understood by the first bytes of what he sends. Never {@code istio-peer-exchange}: it announces a preamble.
     */
    private static final List<String> BOTH =
            List.of("h2", "http/1.1", "istio-h2", "istio-http/1.1", "istio-http/1.0", "istio");

    private static final List<String> HTTP1 = List.of("http/1.1", "istio-http/1.1", "istio-http/1.0", "istio");

    private final SslContext both;
    private final SslContext http1;

    ServerTls(Mesh mesh) {
        MeshContexts contexts = new MeshContexts(mesh.identity(), mesh.world().ticker());
        both = contexts.server(BOTH);
        http1 = contexts.server(HTTP1);
    }

    SslHandler handler(ByteBufAllocator buffers, boolean http2) {
        return (http2 ? both : http1).newHandler(buffers);
    }
}
