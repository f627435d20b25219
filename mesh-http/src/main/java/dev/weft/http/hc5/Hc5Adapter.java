package dev.weft.http.hc5;

import dev.weft.Mesh;
import dev.weft.MeshAdapter;
import dev.weft.http.call.Outbound;
import dev.weft.http.call.StaticType;
import org.jspecify.annotations.Nullable;

/** Wraps the builders of Apache HttpClient 5. Found by {@link java.util.ServiceLoader}, also where there is no such library. */
public final class Hc5Adapter implements MeshAdapter {
    private static final String IMPL = "org.apache.hc.client5.http.impl.";

    /** For the service loader. */
    public Hc5Adapter() {}

    @Override
    public String name() {
        return "Apache HttpClient 5 builders";
    }

    /**
     * The builder itself, configured.
     *
     * @throws IllegalArgumentException for a client that is built already: nothing can be put into its chain
     */
    @Override
    public @Nullable Object wrap(Mesh mesh, Object client) {
        // By name: to touch the types themselves would need the library.
        if (StaticType.isA(client, IMPL + "classic.HttpClientBuilder")) {
            return Wrapping.classic(Outbound.of(mesh), client);
        }
        if (StaticType.isA(client, IMPL + "async.HttpAsyncClientBuilder")) {
            return Wrapping.async(Outbound.of(mesh), client);
        }
        if (StaticType.isA(client, IMPL + "async.H2AsyncClientBuilder")) {
            return Wrapping.asyncHttp2(Outbound.of(mesh), client);
        }
        if (StaticType.isA(client, IMPL + "classic.CloseableHttpClient")) {
            throw built(client, "HttpClients.custom()");
        }
        if (StaticType.isA(client, IMPL + "async.CloseableHttpAsyncClient")) {
            throw built(client, "HttpAsyncClients.custom()");
        }
        return null;
    }

    private static IllegalArgumentException built(Object client, String builder) {
        return new IllegalArgumentException("a built " + client.getClass().getSimpleName()
                + " of Apache HttpClient 5 takes nothing in any more: wrap its builder, mesh.wrap(" + builder
                + ") ... .build()");
    }
}
