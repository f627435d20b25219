package dev.weft.control;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one port of the control plane, with the bounds that keep one client from harming the others. */
final class GrpcEndpoint implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GrpcEndpoint.class);

    /** A client has one stream, and perhaps one for status; more than a few is no client. */
    private static final int MAX_CALLS_PER_CONNECTION = 16;
    /** The largest request is a reconnect that lists ten thousand names with their versions. */
    private static final int MAX_REQUEST_BYTES = 4 << 20;

    private static final int MAX_HEADER_BYTES = 16 << 10;

    private final String address;
    private final int wantedPort;
    private final ExecutorService executor;
    private @Nullable Server server;

    GrpcEndpoint(String address, int port) {
        this.address = address;
        this.wantedPort = port;
        // Handlers never wait, so more threads than this would only contend; gRPC's own pool grows with the clients.
        int threads = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
        AtomicInteger number = new AtomicInteger();
        this.executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "weft-ads-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    void start(List<BindableService> services) throws IOException {
        InetSocketAddress socket = new InetSocketAddress(address, wantedPort);
        if (socket.isUnresolved()) {
            throw new IOException(
                    "address " + address + " is not known, expected an IP address or a host name of this machine");
        }
        if (!socket.getAddress().isLoopbackAddress()) {
            log.warn(
                    "listening on {} without authentication: whoever reaches this port can read the configuration and"
                            + " register instances. Bind to 127.0.0.1, or let a network policy guard it",
                    address);
        }
        NettyServerBuilder builder = NettyServerBuilder.forAddress(socket)
                .executor(executor)
                .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
                .maxInboundMessageSize(MAX_REQUEST_BYTES)
                .maxInboundMetadataSize(MAX_HEADER_BYTES)
                // HTTP/2 rapid reset: 200 in 10 s is far more than a client with one stream ever needs.
                .maxRstFramesPerWindow(200, 10)
                // Finds clients that vanished without closing; they would keep their place in the registry.
                .keepAliveTime(20, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
        services.forEach(builder::addService);
        builder.addService(new HealthStatusManager().getHealthService());
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new IOException("cannot listen on " + address + ":" + wantedPort + ": " + reason(e), e);
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }

    int port() {
        Server running = server;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running.getPort();
    }

    /** Gives the ends of the streams a moment to leave, then cuts. */
    @Override
    public void close() {
        Server running = server;
        if (running != null) {
            running.shutdown();
            try {
                if (!running.awaitTermination(500, TimeUnit.MILLISECONDS)) {
                    running.shutdownNow().awaitTermination(2, TimeUnit.SECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                running.shutdownNow();
            }
        }
        executor.shutdown();
    }
}
