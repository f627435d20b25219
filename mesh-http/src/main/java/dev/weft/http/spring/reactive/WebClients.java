package dev.weft.http.spring.reactive;

import dev.weft.Mesh;
import dev.weft.http.call.FixedMesh;
import dev.weft.http.call.StaticType;
import dev.weft.http.spring.MeshedBuilder;
import dev.weft.http.spring.PrivateField;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Puts Spring's reactive clients on a mesh that need not exist yet. What {@code mesh.wrap} and Spring Boot's auto-configuration have in
 * common. Safe for use from any thread.
 */
public final class WebClients {
    private static final String CLIENT = "org.springframework.web.reactive.function.client.";
    private static final String CONNECTOR = "org.springframework.http.client.reactive.";

    private final Supplier<@Nullable Mesh> mesh;

    private WebClients(Supplier<@Nullable Mesh> mesh) {
        this.mesh = mesh;
    }

    /** @param mesh asked for each call; null: there is no mesh, and clients are as they were */
    public static WebClients on(Supplier<@Nullable Mesh> mesh) {
        return new WebClients(mesh);
    }

    /** A connector around the user's. */
    public ClientHttpConnector wrap(ClientHttpConnector connector) {
        return MeshClientHttpConnector.of(mesh, connector);
    }

    /**
     * A copy of the client with the mesh before its connector; the client itself if it has that already.
     *
     * @throws IllegalArgumentException if the client is not one of Spring's own, or has no connector
     */
    public WebClient wrap(WebClient client) {
        ClientHttpConnector connector = connectorOf(client);
        ClientHttpConnector meshed = wrap(connector);
        return meshed == connector
                ? client
                : client.mutate().clientConnector(meshed).build();
    }

    /** A builder of the same settings whose clients are on the mesh, whatever connector it is given afterwards. */
    public WebClient.Builder wrap(WebClient.Builder builder) {
        return MeshedBuilder.of(WebClient.Builder.class, WebClient.class, this::wrap, builder);
    }

    /** Puts the mesh before the connector that the builder has now. For builders that are not ours to replace. */
    public void configure(WebClient.Builder builder) {
        builder.clientConnector(wrap(connectorOf(builder.clone().build())));
    }

    /** Where a client keeps it: in the function that exchanges requests for responses, below the filters. */
    private static ClientHttpConnector connectorOf(WebClient client) {
        Object exchange = PrivateField.of(client, CLIENT + "DefaultWebClient", "exchangeFunction");
        if (exchange != null
                && PrivateField.of(exchange, CLIENT + "ExchangeFunctions", "connector")
                        instanceof ClientHttpConnector connector) {
            return connector;
        }
        throw new IllegalArgumentException("the connector of a "
                + client.getClass().getName()
                + (exchange == null ? "" : " with " + exchange.getClass().getName())
                + " is not known: build the client with"
                + " .clientConnector(mesh.wrap(ClientHttpConnectorBuilder.detect().build())) instead of wrapping it");
    }

    /** Spring's own client of either kind, or null: it belongs to somebody else, whose type we could not give back. */
    static @Nullable Object wrapped(Mesh mesh, Object client) {
        WebClients clients = on(new FixedMesh(mesh));
        if (client instanceof WebClient web) {
            return clients.wrap(web);
        }
        if (client instanceof WebClient.Builder builder && isReplaceable(builder)) {
            return clients.wrap(builder);
        }
        return client instanceof ClientHttpConnector connector && isReplaceable(connector)
                ? clients.wrap(connector)
                : null;
    }

    /** Spring's connectors are held by the interface; a public class of the user's could be the type of the variable. */
    private static boolean isReplaceable(ClientHttpConnector connector) {
        return connector instanceof MeshClientHttpConnector
                || connector.getClass().getName().startsWith(CONNECTOR)
                || StaticType.isReplaceable(connector, "");
    }

    /** A public class of the user's could be the type of the variable; a proxy's cannot be named. */
    private static boolean isReplaceable(WebClient.Builder builder) {
        return Proxy.isProxyClass(builder.getClass()) || StaticType.isReplaceable(builder, "");
    }
}
