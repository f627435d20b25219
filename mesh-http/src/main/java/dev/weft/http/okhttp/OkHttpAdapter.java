package dev.weft.http.okhttp;

import dev.weft.Mesh;
import dev.weft.MeshAdapter;
import org.jspecify.annotations.Nullable;

/** Wraps OkHttp's client and its builder. Found by {@link java.util.ServiceLoader}, also where there is no OkHttp. */
public final class OkHttpAdapter implements MeshAdapter {
    private static final String CLIENT = "okhttp3.OkHttpClient";

    /** For the service loader. */
    public OkHttpAdapter() {}

    @Override
    public String name() {
        return "OkHttp";
    }

    @Override
    public @Nullable Object wrap(Mesh mesh, Object client) {
        // By name: to touch the type itself would need the library. A subclass could not be given back.
        return switch (client.getClass().getName()) {
            case CLIENT -> Wrapping.client(mesh, client);
            case CLIENT + "$Builder" -> Wrapping.builder(mesh, client);
            default -> null;
        };
    }
}
