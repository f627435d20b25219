package dev.weft.http.courier;

import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.http.guard.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A guarded server that tells what arrived at it. */
final class Workload implements AutoCloseable {
    final ConcurrentLinkedQueue<String> served = new ConcurrentLinkedQueue<>();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Mesh mesh;
    private final HttpServer server;

    Workload(MeshSnapshot snapshot) throws IOException {
        mesh = Mesh.builder()
                .service("reviews")
                .ignoreEnvironment()
                .trust(Trust.none())
                .snapshots(SnapshotSource.of(snapshot))
                .start();
        server = mesh.guard(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            var fields = exchange.getRequestHeaders();
            String seen = exchange.getRequestURI() + " user=" + fields.getOrDefault("x-user", java.util.List.of())
                    + " secret=" + fields.getFirst("x-secret") + " failed="
                    + fields.getFirst("x-envoy-auth-failure-mode-allowed");
            served.add(seen);
            byte[] text = seen.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
    }

    /** @param fields each with its line break */
    RawClient.Answer get(String path, String fields) throws IOException {
        try (RawClient client = RawClient.plaintext(server.getAddress())) {
            return client.send("GET " + path + " HTTP/1.1\r\nhost: reviews\r\n" + fields + "connection: close\r\n\r\n")
                    .answer();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        mesh.close();
        threads.shutdownNow();
    }
}
