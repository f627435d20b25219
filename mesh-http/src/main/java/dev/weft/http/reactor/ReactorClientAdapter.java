package dev.weft.http.reactor;

import dev.weft.Mesh;
import dev.weft.MeshAdapter;
import dev.weft.http.call.StaticType;
import org.jspecify.annotations.Nullable;

/**
 * Wraps Reactor Netty's {@code HttpClient}, and a {@code ConnectionProvider} for one that is to be made. Found by {@link
 * java.util.ServiceLoader}, also where there is no Reactor Netty.
 */
public final class ReactorClientAdapter implements MeshAdapter {
    private static final String CLIENT = "reactor.netty.http.client.HttpClient";
    private static final String CONNECTIONS = "reactor.netty.resources.ConnectionProvider";

    /** For the service loader. */
    public ReactorClientAdapter() {}

    @Override
    public String name() {
        return "Reactor Netty HttpClient";
    }

    @Override
    public @Nullable Object wrap(Mesh mesh, Object client) {
        // By name: to touch the types themselves would need the library.
        if (StaticType.isA(client, CLIENT)) {
            return ReactorClients.wrapped(mesh, client);
        }
        return StaticType.isA(client, CONNECTIONS) && StaticType.isReplaceable(client, "")
                ? ReactorClients.connections(mesh, client)
                : null;
    }
}
