package dev.weft.grpc.netty;

import dev.weft.Mesh;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;

/** The mesh's TLS for servers. */
final class GuardTls {
    /**
     * In the order of preference. Istio's sidecars offer their own names before the common ones; who offers nothing is taken to speak HTTP/2
     * like all others. Never {@code istio-peer-exchange}: it announces a preamble.
     */
    private static final List<String> PROTOCOLS = List.of("h2", "istio-h2", "istio");

    private final SslContext context;

    GuardTls(Mesh mesh) {
        this(mesh, OpenSsl.isAvailable());
    }

    /** @param openSsl else the JDK's TLS */
    GuardTls(Mesh mesh, boolean openSsl) {
        context = new MeshContexts(mesh.identity(), mesh.world().ticker(), openSsl).server(PROTOCOLS);
    }

    SslContext context() {
        return context;
    }

    SslHandler handler(ByteBufAllocator buffers) {
        return context.newHandler(buffers);
    }
}
