package dev.weft.control.conformance;

import dev.weft.Mesh;
import dev.weft.request.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Reactor Netty: plaintext and mutual TLS on one port. */
final class NettySite implements AuthzSite {
    private final AtomicReference<@Nullable Headers> arrived = new AtomicReference<>();
    private final DisposableServer server;

    NettySite(Mesh mesh) {
        server = mesh.guard(HttpServer.create()
                        .host(InetAddress.getLoopbackAddress().getHostAddress())
                        .port(0))
                .handle((request, response) -> {
                    Headers.Builder headers = Headers.builder();
                    request.requestHeaders().forEach(field -> headers.add(field.getKey(), field.getValue()));
                    arrived.set(headers.build());
                    return response.sendString(Mono.just("application"));
                })
                .bindNow();
    }

    @Override
    public InetSocketAddress address(boolean tls) {
        return (InetSocketAddress) server.address();
    }

    @Override
    public @Nullable Headers arrived() {
        return arrived.getAndSet(null);
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
