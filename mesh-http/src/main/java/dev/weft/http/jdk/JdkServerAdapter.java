package dev.weft.http.jdk;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import dev.weft.Mesh;
import dev.weft.MeshAdapter;
import dev.weft.http.call.StaticType;
import org.jspecify.annotations.Nullable;

/** Guards {@link HttpServer} and {@link HttpsServer}. Found by {@link java.util.ServiceLoader}. */
public final class JdkServerAdapter implements MeshAdapter {

    /** For the service loader. */
    public JdkServerAdapter() {}

    @Override
    public String name() {
        return "JDK HttpServer";
    }

    @Override
    public @Nullable Object guard(Mesh mesh, Object server) {
        if (server instanceof GuardedHttpServer || server instanceof GuardedHttpsServer) {
            return server;
        }
        if (!(server instanceof HttpServer) || !StaticType.isReplaceable(server, "jdk.httpserver")) {
            return null;
        }
        return server instanceof HttpsServer https
                ? new GuardedHttpsServer(mesh, https)
                : new GuardedHttpServer(mesh, (HttpServer) server);
    }
}
