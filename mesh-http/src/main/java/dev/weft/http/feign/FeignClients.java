package dev.weft.http.feign;

import dev.weft.Mesh;
import dev.weft.http.call.FixedMesh;
import dev.weft.http.call.LateOutbound;
import dev.weft.http.call.StaticType;
import feign.AsyncClient;
import feign.Client;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Clients of Feign on a mesh that need not exist yet. Applications that have a mesh write {@code mesh.wrap(client)}; this is for what
 * builds clients for them.
 */
public final class FeignClients {
    private FeignClients() {}

    /**
     * A client for hosts of the mesh, and the given one for all others.
     *
     * @param mesh asked for each call; null: there is none, and every call is the given client's
     */
    public static Client on(Supplier<@Nullable Mesh> mesh, Client outside) {
        if (outside instanceof MeshedClient meshed) {
            return meshed.mesh().isOf(mesh) ? meshed : new MeshedClient(new LateOutbound(mesh), meshed.outside());
        }
        return new MeshedClient(new LateOutbound(mesh), outside);
    }

    /** The same for an asynchronous client. */
    public static <C> AsyncClient<C> on(Supplier<@Nullable Mesh> mesh, AsyncClient<C> outside) {
        if (outside instanceof MeshedAsyncClient<C> meshed) {
            return meshed.mesh().isOf(mesh)
                    ? meshed
                    : new MeshedAsyncClient<>(new LateOutbound(mesh), meshed.outside());
        }
        return new MeshedAsyncClient<>(new LateOutbound(mesh), outside);
    }

    static Client wrapped(Mesh mesh, Object given) {
        Client client = (Client) given;
        if (client instanceof DefaultClientOnMesh meshed) {
            return new DefaultClientOnMesh(on(new FixedMesh(mesh), meshed.onMesh()));
        }
        Client onMesh = on(new FixedMesh(mesh), client);
        if (client.getClass() == Client.Default.class) {
            return new DefaultClientOnMesh(onMesh);
        }
        return replaceable(client, "feign.Client") ? onMesh : client;
    }

    static AsyncClient<?> wrappedAsync(Mesh mesh, Object given) {
        AsyncClient<?> client = (AsyncClient<?>) given;
        return replaceable(client, "feign.AsyncClient") ? on(new FixedMesh(mesh), client) : client;
    }

    private static boolean replaceable(Object client, String as) {
        if (StaticType.isReplaceable(client, "java.base")) {
            return true;
        }
        String type = client.getClass().getName();
        throw new IllegalArgumentException("a " + type + " on the mesh is a " + as + " and no " + type
                + " any more: where that is enough, write mesh.wrap((" + as
                + ") client::execute); or wrap the HTTP client that it was made of");
    }
}
