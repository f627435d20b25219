package dev.weft.http.netty;

import dev.weft.Mesh;
import dev.weft.MeshAdapter;
import org.jspecify.annotations.Nullable;

/** Guards Reactor Netty's {@code HttpServer}. Found by {@link java.util.ServiceLoader}, also where there is no Reactor Netty. */
public final class ReactorServerAdapter implements MeshAdapter {
    private static final String SERVER = "reactor.netty.http.server.HttpServer";

    /** For the service loader. */
    public ReactorServerAdapter() {}

    @Override
    public String name() {
        return "Reactor Netty HttpServer";
    }

    @Override
    public @Nullable Object guard(Mesh mesh, Object server) {
        // By name: to touch the type itself would need the library.
        for (Class<?> type = server.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(SERVER)) {
                return GuardedReactorServer.of(mesh, server);
            }
        }
        return null;
    }
}
