package dev.weft.http.okhttp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Request;

/** A mesh with one service, {@code reviews:9080}, which is either the kit's server or one that a test writes itself. */
final class OkHttpBench implements AutoCloseable {
    final RecordingObserver observer = new RecordingObserver();
    final TestServer server;
    final Mesh mesh;
    private final HttpServer own;

    /** What a request was, as far as the own server's tests care. */
    final List<String> seen = new CopyOnWriteArrayList<>();

    private OkHttpBench(boolean answersItself, Answer answer) {
        try {
            server = TestServer.start("v1", false);
            own = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        own.createContext("/", exchange -> {
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            try (exchange) {
                answer.to(exchange);
            }
        });
        own.start();
        mesh = mesh(answersItself ? own.getAddress() : server.address());
    }

    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    static OkHttpBench start() {
        return new OkHttpBench(false, exchange -> {});
    }

    static OkHttpBench answering(Answer answer) {
        return new OkHttpBench(true, answer);
    }

    private Mesh mesh(InetSocketAddress reviews) {
        return Mesh.builder()
                .service("productpage")
                .ignoreEnvironment()
                .observer(observer)
                .snapshots(SnapshotSource.of(Snapshots.reviews().at(reviews)))
                .start();
    }

    /** Another mesh with the same service. */
    Mesh another() {
        return mesh(server.address());
    }

    /** Where the own server listens, for calls that go around the mesh. */
    String outside(String path) {
        return "http://localhost:" + own.getAddress().getPort() + path;
    }

    static Request.Builder to(String path) {
        return new Request.Builder().url("http://reviews:9080" + path);
    }

    static void text(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        mesh.close();
        server.close();
        own.stop(0);
    }
}
