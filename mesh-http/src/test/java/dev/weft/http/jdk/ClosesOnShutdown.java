package dev.weft.http.jdk;

import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Snapshots;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/** The program of {@link ShutdownTest}: serves one slow request, and is ended by a signal meanwhile. */
final class ClosesOnShutdown {
    private ClosesOnShutdown() {}

    public static void main(String[] arguments) throws Exception {
        Mesh mesh = Mesh.builder()
                .service("reviews")
                .ignoreEnvironment()
                .snapshots(SnapshotSource.of(Snapshots.reviews().at()))
                .closeOnShutdown()
                .start();
        mesh.shared(AutoCloseable.class, owner -> () -> System.out.println("closed"));
        HttpServer server =
                mesh.guard(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        server.setExecutor(java.util.concurrent.Executors.newCachedThreadPool());
        server.createContext("/slow", exchange -> {
            System.out.println("serving");
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        System.out.println(server.getAddress().getPort());
        new CountDownLatch(1).await();
    }
}
