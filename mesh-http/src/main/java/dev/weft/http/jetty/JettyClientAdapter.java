package dev.weft.http.jetty;

import dev.weft.Mesh;
import dev.weft.MeshAdapter;
import dev.weft.http.call.StaticType;
import org.jspecify.annotations.Nullable;

/**
 * Puts Jetty's {@code HttpClient} on a mesh, or an {@code HttpClientTransport} for one that is to be made. Found by {@link
 * java.util.ServiceLoader}, also where there is no Jetty.
 */
public final class JettyClientAdapter implements MeshAdapter {
    private static final String CLIENT = "org.eclipse.jetty.client.HttpClient";
    private static final String TRANSPORT = "org.eclipse.jetty.client.HttpClientTransport";

    /** For the service loader. */
    public JettyClientAdapter() {}

    @Override
    public String name() {
        return "Jetty HttpClient";
    }

    @Override
    public @Nullable Object wrap(Mesh mesh, Object client) {
        // By name: to touch the types themselves would need the library.
        if (StaticType.isA(client, CLIENT)) {
            return JettyClients.changed(mesh, client);
        }
        return StaticType.isA(client, TRANSPORT) ? JettyClients.transport(mesh, client) : null;
    }
}
