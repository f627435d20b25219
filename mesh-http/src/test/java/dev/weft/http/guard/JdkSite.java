package dev.weft.http.guard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import dev.weft.Mesh;
import dev.weft.http.MeshHttp;
import dev.weft.request.Inbound;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's servers: one in plaintext, one with TLS. */
public final class JdkSite implements Site {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer plaintext;
    private final HttpServer tls;

    public JdkSite(Mesh mesh, Handlers handlers) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        plaintext = started(mesh.guard(HttpServer.create(any, 0)), handlers);
        tls = started(mesh.guard(HttpsServer.create(any, 0)), handlers);
    }

    private HttpServer started(HttpServer server, Handlers handlers) {
        server.setExecutor(threads);
        server.createContext("/admin", handler("admin", handlers));
        server.createContext("/public", handler("public", handlers));
        server.createContext("/", handler("root", handlers));
        server.start();
        return server;
    }

    private static HttpHandler handler(String route, Handlers handlers) {
        return exchange -> {
            long body = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            Reached seen = new Reached(
                    route,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    exchange.getRequestHeaders().getFirst("host"),
                    exchange.getRequestHeaders().getFirst("host"),
                    roles(exchange.getRequestHeaders().get("x-role")),
                    exchange.getRequestHeaders().getFirst("x-mesh-timeout-ms"),
                    MeshHttp.peer(exchange).getName(),
                    principal(exchange),
                    Inbound.current().deadline().exists(),
                    body);
            byte[] text = handlers.handle(seen).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("HEAD") ? -1 : text.length);
            try (exchange) {
                if (!exchange.getRequestMethod().equals("HEAD")) {
                    exchange.getResponseBody().write(text);
                }
            }
        };
    }

    private static String roles(List<String> values) {
        return values == null ? null : String.join("|", values);
    }

    private static String principal(HttpExchange exchange) {
        return exchange.getPrincipal() == null ? null : exchange.getPrincipal().getUsername();
    }

    @Override
    public InetSocketAddress plaintext() {
        return plaintext.getAddress();
    }

    @Override
    public InetSocketAddress tls() {
        return tls.getAddress();
    }

    @Override
    public void close() {
        plaintext.stop(0);
        tls.stop(0);
        threads.shutdownNow();
    }
}
