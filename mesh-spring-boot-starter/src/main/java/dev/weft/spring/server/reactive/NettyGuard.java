package dev.weft.spring.server.reactive;

import dev.weft.Mesh;
import dev.weft.spring.server.MeshTls;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** Has the mesh guard Boot's Reactor Netty server. After the application's own customizers, whose TLS it leaves alone. */
public final class NettyGuard implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory>, Ordered {
    private final Mesh mesh;
    private final MeshTls tls;

    public NettyGuard(Mesh mesh, MeshTls tls) {
        this.mesh = mesh;
        this.tls = tls;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        if (!tls.excludes(factory)) {
            tls.takes(factory);
            factory.addServerCustomizers(mesh::guard);
        }
    }
}
