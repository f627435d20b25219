package dev.weft.http.jetty;

import dev.weft.Mesh;
import java.lang.reflect.Field;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;

/** Puts a mesh before the transports of Jetty's clients. */
final class JettyClients {
    private JettyClients() {}

    /** The same client, also one of the user's own class: what changes is its transport. */
    static Object changed(Mesh mesh, Object given) {
        HttpClient client = (HttpClient) given;
        HttpClientTransport before = client.getTransport();
        HttpClientTransport meshed = transport(mesh, before);
        if (meshed == before) {
            return client;
        }
        if (!client.getDestinations().isEmpty()) {
            throw new IllegalStateException(
                    "a Jetty HttpClient that has made calls cannot be put on a mesh: wrap it before its first one");
        }
        try {
            Field transport = HttpClient.class.getDeclaredField("transport");
            transport.setAccessible(true);
            transport.set(client, meshed);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "this version of Jetty hides the transport of a client; write new"
                            + " HttpClient(mesh.wrap(new HttpClientTransportOverHTTP()))",
                    e);
        }
        meshed.setHttpClient(client);
        return client;
    }

    static HttpClientTransport transport(Mesh mesh, Object given) {
        if (given instanceof MeshTransport meshed) {
            return meshed.isOf(mesh) ? meshed : new MeshTransport(mesh, meshed.outside());
        }
        return new MeshTransport(mesh, (HttpClientTransport) given);
    }
}
