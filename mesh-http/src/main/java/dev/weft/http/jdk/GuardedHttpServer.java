package dev.weft.http.jdk;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import dev.weft.config.Encryption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/** A plaintext server whose contexts pass the mesh. */
final class GuardedHttpServer extends HttpServer {
    private final HttpServer server;
    private final Guarding guarding;

    GuardedHttpServer(Mesh mesh, HttpServer server) {
        this.server = server;
        guarding = new Guarding(mesh, server, this, "http", Tls.NONE);
    }

    @Override
    public void bind(InetSocketAddress address, int backlog) throws IOException {
        server.bind(address, backlog);
    }

    @Override
    public void start() {
        guarding.start("http", Encryption.PLAINTEXT);
    }

    @Override
    public void setExecutor(Executor executor) {
        server.setExecutor(executor);
    }

    @Override
    public Executor getExecutor() {
        return server.getExecutor();
    }

    @Override
    public void stop(int delay) {
        guarding.stop(delay);
    }

    @Override
    public HttpContext createContext(String path, HttpHandler handler) {
        return guarding.context(path, handler);
    }

    @Override
    public HttpContext createContext(String path) {
        return guarding.context(path);
    }

    @Override
    public void removeContext(String path) {
        guarding.remove(path);
    }

    @Override
    public void removeContext(HttpContext context) {
        guarding.remove(context);
    }

    @Override
    public InetSocketAddress getAddress() {
        return server.getAddress();
    }
}
