package dev.weft.http.spring.reactive;

import dev.weft.Mesh;
import dev.weft.http.spring.PrivateField;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import reactor.netty.http.client.HttpClient;

/**
 * Spring's connector for Reactor Netty with the mesh below the client, so that everything the library does is done for hosts of the
 * mesh too. Loaded only where such a connector is.
 */
final class OnReactorNetty {
    private static final String CONNECTOR = "org.springframework.http.client.reactive.ReactorClientHttpConnector";

    private final Mesh mesh;
    private final HttpClient client;
    private final @Nullable ClientHttpConnector meshed;

    private OnReactorNetty(Mesh mesh, HttpClient client) {
        this.mesh = mesh;
        this.client = client;
        meshed = wrapped(mesh, client);
    }

    static boolean isOne(ClientHttpConnector connector) {
        return connector.getClass().getName().equals(CONNECTOR);
    }

    /**
     * @param last what was found by the last call, or null
     * @return null: the connector has no client now
     */
    static @Nullable OnReactorNetty of(@Nullable OnReactorNetty last, Mesh mesh, ClientHttpConnector connector) {
        // Asked each time: Spring makes the client late, and anew when the application is started again.
        if (!(PrivateField.of(connector, CONNECTOR, "httpClient") instanceof HttpClient client)) {
            return null;
        }
        return last != null && last.mesh == mesh && last.client == client ? last : new OnReactorNetty(mesh, client);
    }

    /** To be used for hosts of the mesh; null: the client cannot be put on a mesh. */
    @Nullable
    ClientHttpConnector meshed() {
        return meshed;
    }

    private static @Nullable ClientHttpConnector wrapped(Mesh mesh, HttpClient client) {
        try {
            return new ReactorClientHttpConnector(mesh.wrap(client));
        } catch (RuntimeException e) {
            // HTTP/2 is set, or it is a class of the user's: the mesh's own connector does without the library.
            return null;
        }
    }
}
