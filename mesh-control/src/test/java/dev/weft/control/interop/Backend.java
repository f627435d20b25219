package dev.weft.control.interop;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Something to call.
 *
 * @param port where it listens on loopback
 * @param stop ends it
 */
record Backend(int port, Runnable stop) implements AutoCloseable {

    /** Speaks gRPC's health service. */
    static Backend grpc() throws IOException {
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new HealthStatusManager().getHealthService())
                .build()
                .start();
        return new Backend(server.getPort(), server::shutdownNow);
    }

    /** Answers with its port. */
    static Backend http() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int port = server.getAddress().getPort();
        server.createContext("/", exchange -> {
            byte[] body = Integer.toString(port).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return new Backend(port, () -> server.stop(0));
    }

    String peer() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        stop.run();
    }
}
