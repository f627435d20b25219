package dev.weft.http.jdk;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import dev.weft.config.Encryption;
import dev.weft.http.guard.Inlet;
import java.net.InetSocketAddress;

/**
 * What guarded servers of both kinds have in common. The wrapped server has one context, the guard's; the application's are kept here
 * and chosen by the path that was judged.
 */
final class Guarding {
    private final HttpServer server;
    private final HttpServer guarded;
    private final Inlet inlet;
    private final Contexts contexts = new Contexts();

    /**
     * @param server the user's
     * @param guarded what the user gets instead
     * @param scheme {@code http} or {@code https}
     * @param tls whose certificates the server shows
     * @throws IllegalStateException if {@code server} has a context for {@code /} already
     */
    Guarding(Mesh mesh, HttpServer server, HttpServer guarded, String scheme, Tls tls) {
        this.server = server;
        this.guarded = guarded;
        inlet = new Inlet(
                mesh,
                tls == Tls.OWN
                        ? "let the mesh do the server's TLS: set no HttpsConfigurator"
                        : "use mesh.guard(HttpsServer.create(address, 0)), which takes mutual TLS, beside this server or in its place");
        try {
            server.createContext("/", new Dispatcher(inlet, contexts, scheme, tls));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "the server has a context for / already, which no mesh would guard: make contexts on what mesh.guard(server)"
                            + " returns",
                    e);
        }
    }

    Inlet inlet() {
        return inlet;
    }

    /** Takes requests, and says so; before the first one, which must find the port's policy. */
    void start(String name, Encryption encryption) {
        InetSocketAddress bound = server.getAddress();
        if (bound != null) {
            inlet.listening(name, bound, encryption);
        }
        try {
            server.start();
        } catch (RuntimeException e) {
            inlet.stopped();
            throw e;
        }
    }

    void stop(int delay) {
        inlet.stopped();
        server.stop(delay);
    }

    HttpContext context(String path, HttpHandler handler) {
        MeshContext context = new MeshContext(guarded, path);
        context.setHandler(handler);
        contexts.add(context);
        return context;
    }

    HttpContext context(String path) {
        MeshContext context = new MeshContext(guarded, path);
        contexts.add(context);
        return context;
    }

    void remove(String path) {
        contexts.remove(contexts.named(path), path);
    }

    void remove(HttpContext context) {
        contexts.remove(context instanceof MeshContext ours ? ours : null, context.getPath());
    }
}
