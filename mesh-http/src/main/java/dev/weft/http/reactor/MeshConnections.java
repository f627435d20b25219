package dev.weft.http.reactor;

import dev.weft.Mesh;
import dev.weft.http.call.FirstConfiguration;
import dev.weft.http.call.Outbound;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

/** Connections to hosts of the mesh, and the user's own to all others. */
final class MeshConnections implements ConnectionProvider {
    private final Mesh mesh;
    private final Outbound outbound;
    private final ConnectionProvider outside;
    private final FirstConfiguration first;

    MeshConnections(Mesh mesh, ConnectionProvider outside) {
        this.mesh = mesh;
        this.outside = outside;
        outbound = Outbound.of(mesh);
        first = FirstConfiguration.of(mesh);
    }

    boolean isOf(Mesh other) {
        return mesh == other;
    }

    ConnectionProvider outside() {
        return outside;
    }

    @Override
    public Mono<? extends Connection> acquire(
            TransportConfig config,
            ConnectionObserver observer,
            @Nullable Supplier<? extends SocketAddress> remoteAddress,
            @Nullable AddressResolverGroup<?> resolverGroup) {
        if (remoteAddress == null
                || !(config instanceof HttpClientConfig http)
                || http.websocketClientSpec() != null
                || !(remoteAddress.get() instanceof InetSocketAddress address)) {
            return outside.acquire(config, observer, remoteAddress, resolverGroup);
        }
        Destination destination = Destination.of(http.sslProvider() != null, address);
        Mono<? extends Connection> chosen = Mono.defer(() -> {
            if (!outbound.takes(destination.authority(), destination.scheme())) {
                return outside.acquire(config, observer, remoteAddress, resolverGroup);
            }
            ReactorClients.checkProtocols(http);
            return Mono.<Connection>create(sink -> MeshedConnection.open(outbound, destination, http, observer, sink));
        });
        return first.isAwaited(destination.authority(), destination.scheme())
                ? Mono.<Void>create(sink -> first.await(sink::success)).then(chosen)
                : chosen;
    }

    @Override
    public void disposeWhen(SocketAddress remoteAddress) {
        outside.disposeWhen(remoteAddress);
    }

    @Override
    public void dispose() {
        outside.dispose();
    }

    @Override
    public Mono<Void> disposeLater() {
        return outside.disposeLater();
    }

    @Override
    public boolean isDisposed() {
        return outside.isDisposed();
    }

    @Override
    public int maxConnections() {
        return outside.maxConnections();
    }

    @Override
    public @Nullable Map<SocketAddress, Integer> maxConnectionsPerHost() {
        return outside.maxConnectionsPerHost();
    }

    @Override
    public @Nullable Builder mutate() {
        return outside.mutate();
    }

    @Override
    public @Nullable String name() {
        return outside.name();
    }
}
