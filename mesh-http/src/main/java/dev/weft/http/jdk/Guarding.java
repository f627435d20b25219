package dev.weft.http.jdk;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.weft.Inlet;
import dev.weft.Mesh;
import dev.weft.config.Encryption;
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

    /** Set by the application's threads before the server starts, as a rule; read by requests. */
    private volatile Tls tls;

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
        this.tls = tls;
        inlet = new Inlet(
                mesh,
                "use mesh.guard(HttpsServer.create(address, 0)) without an HttpsConfigurator of your own, which takes mutual TLS, beside"
                        + " this server or in its place");
        if (hasContextForAll(server)) {
            throw new IllegalStateException(
                    "the server has a context for / already, which no mesh would guard: make contexts on what mesh.guard(server)"
                            + " returns");
        }
        server.createContext("/", new Dispatcher(this, contexts, scheme));
    }

    /** There is no way to ask, and older JDKs take a second one without a word. */
    private static boolean hasContextForAll(HttpServer server) {
        try {
            server.removeContext("/");
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    Inlet inlet() {
        return inlet;
    }

    /** Whose TLS the server speaks. */
    Tls tls() {
        return tls;
    }

    /** It speaks the application's own, as it turns out. */
    void ownTls() {
        tls = Tls.OWN;
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
