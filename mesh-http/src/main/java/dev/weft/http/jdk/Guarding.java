package dev.weft.http.jdk;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import java.util.concurrent.atomic.AtomicBoolean;

/** What guarded servers of both kinds have in common. */
final class Guarding {
    private final Mesh mesh;
    private final HttpServer server;
    private final HttpServer guarded;
    private final String scheme;
    private final AtomicBoolean declared = new AtomicBoolean();

    /**
     * @param server the user's
     * @param guarded what the user gets instead
     */
    Guarding(Mesh mesh, HttpServer server, HttpServer guarded, String scheme) {
        this.mesh = mesh;
        this.server = server;
        this.guarded = guarded;
        this.scheme = scheme;
    }

    /** Takes requests, and says so. */
    void start() {
        server.start();
        if (declared.compareAndSet(false, true)) {
            mesh.listening(scheme, scheme, 0, server.getAddress());
        }
    }

    HttpContext context(String path, HttpHandler handler) {
        HttpContext context = context(path);
        context.setHandler(handler);
        return context;
    }

    HttpContext context(String path) {
        HttpContext context = server.createContext(path);
        GuardedContext shown = new GuardedContext(context, guarded);
        // First of all filters: what it refuses no other code of the application sees.
        context.getFilters().add(new GuardFilter(mesh, scheme, shown));
        return shown;
    }

    void remove(HttpContext context) {
        server.removeContext(context instanceof GuardedContext shown ? shown.inner() : context);
    }
}
