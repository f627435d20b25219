package dev.weft.control.conformance;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import dev.weft.Mesh;
import dev.weft.request.Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The JDK's servers, which take one kind of connection each: two sockets for one service port. */
final class JdkSite implements AuthzSite {
    private static final byte[] BODY = {'a', 'p', 'p'};

    private final AtomicReference<@Nullable Headers> arrived = new AtomicReference<>();
    private final HttpServer plaintext;
    private final HttpServer tls;

    JdkSite(Mesh mesh) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        plaintext = started(mesh.guard(HttpServer.create(any, 0)));
        tls = started(mesh.guard(HttpsServer.create(any, 0)));
    }

    private HttpServer started(HttpServer server) {
        server.createContext("/", exchange -> {
            Headers.Builder headers = Headers.builder();
            exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
            arrived.set(headers.build());
            exchange.sendResponseHeaders(200, BODY.length);
            try (exchange) {
                exchange.getResponseBody().write(BODY);
            }
        });
        server.start();
        return server;
    }

    @Override
    public InetSocketAddress address(boolean encrypted) {
        return (encrypted ? tls : plaintext).getAddress();
    }

    @Override
    public @Nullable Headers arrived() {
        return arrived.getAndSet(null);
    }

    @Override
    public void close() {
        plaintext.stop(0);
        tls.stop(0);
    }
}
