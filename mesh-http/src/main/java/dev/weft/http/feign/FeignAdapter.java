package dev.weft.http.feign;

import dev.weft.Mesh;
import dev.weft.MeshAdapter;
import dev.weft.http.call.StaticType;
import org.jspecify.annotations.Nullable;

/** Wraps Feign's {@code Client} and {@code AsyncClient}. Found by {@link java.util.ServiceLoader}, also where there is no Feign. */
public final class FeignAdapter implements MeshAdapter {

    /** For the service loader. */
    public FeignAdapter() {}

    @Override
    public String name() {
        return "Feign Client and AsyncClient";
    }

    @Override
    public @Nullable Object wrap(Mesh mesh, Object client) {
        // By name: to touch the types themselves would need the library.
        if (StaticType.isA(client, "feign.Client")) {
            return FeignClients.wrapped(mesh, client);
        }
        return StaticType.isA(client, "feign.AsyncClient") ? FeignClients.wrappedAsync(mesh, client) : null;
    }
}
