package dev.weft.http.reactor;

import dev.weft.Mesh;
import java.lang.reflect.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.ClientTransportConfig;

/** Puts a mesh below clients of Reactor Netty. */
final class ReactorClients {
    private static final String LIBRARYS = "reactor.netty.http.client.";

    private ReactorClients() {}

    /** A copy whose connections are the mesh's too; null: a class of the user's, whose type could not be given back. */
    static @Nullable Object wrapped(Mesh mesh, Object given) {
        if (!given.getClass().getName().startsWith(LIBRARYS)) {
            return null;
        }
        HttpClient client = (HttpClient) given;
        ConnectionProvider provider = client.configuration().connectionProvider();
        if (provider instanceof MeshConnections meshed && meshed.isOf(mesh)) {
            return client;
        }
        checkProtocols(client.configuration());
        // Nothing is observed; what is wanted is the copy.
        HttpClient copy = client.observe(ConnectionObserver.emptyListener());
        HttpClient ours = HttpClient.create(connections(mesh, provider));
        try {
            Field connections = ClientTransportConfig.class.getDeclaredField("connectionProvider");
            connections.setAccessible(true);
            connections.set(copy.configuration(), connections.get(ours.configuration()));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "this version of Reactor Netty hides the connections of a client; write"
                            + " HttpClient.create(mesh.wrap(ConnectionProvider.create(\"name\")))",
                    e);
        }
        return copy;
    }

    static ConnectionProvider connections(Mesh mesh, Object given) {
        ConnectionProvider provider = (ConnectionProvider) given;
        if (provider instanceof MeshConnections meshed) {
            return meshed.isOf(mesh) ? meshed : new MeshConnections(mesh, meshed.outside());
        }
        return new MeshConnections(mesh, provider);
    }

    /** Other protocols put their own pools before ours. */
    static void checkProtocols(HttpClientConfig config) {
        List<HttpProtocol> protocols = List.of(config.protocols());
        if (!protocols.equals(List.of(HttpProtocol.HTTP11))) {
            throw new IllegalArgumentException(
                    "a client of protocols " + protocols
                            + " cannot be put on a mesh: leave protocol() at HTTP11, the mesh speaks to its hosts what they speak");
        }
    }
}
