package dev.weft.control.endpoint;

import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port of the control plane, with the bounds that keep one client from harming the others. Thread-safe. */
public final class GrpcEndpoint implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GrpcEndpoint.class);

    /** A client has one stream, and perhaps one for status; more than a few is no client. */
    private static final int MAX_CALLS_PER_CONNECTION = 16;
    /** The largest request is a reconnect that lists ten thousand names with their versions. */
    private static final int MAX_REQUEST_BYTES = 4 << 20;

    private static final int MAX_HEADER_BYTES = 16 << 10;
    /** A client has its stream or makes its one call; who holds a connection for nothing is sent away. */
    private static final int MAX_IDLE_SECONDS = 60;

    private final String address;
    private final int wantedPort;
    private final ServerCredentials credentials;
    private final boolean encrypted;
    private final ExecutorService executor;
    private @Nullable Server server;

    private GrpcEndpoint(String address, int port, ServerCredentials credentials, boolean encrypted) {
        this.address = address;
        this.wantedPort = port;
        this.credentials = credentials;
        this.encrypted = encrypted;
        // Handlers never wait, so more threads than this would only contend; gRPC's own pool grows with the clients.
        this.executor =
                Threads.pool("weft-ads", Math.max(4, 2 * Runtime.getRuntime().availableProcessors()));
    }

    /** A port without encryption and without knowledge of who calls. */
    public static GrpcEndpoint plaintext(String address, int port) {
        return new GrpcEndpoint(address, port, InsecureServerCredentials.create(), false);
    }

    /** A port with TLS, which asks for client certificates and does not demand them. */
    public static GrpcEndpoint tls(String address, int port, TlsServer tls) {
        return new GrpcEndpoint(address, port, tls.credentials(), true);
    }

    /**
     * Opens the port.
     *
     * @throws IOException if it is taken, or the address is not one of this machine
     */
    public void start(List<ServerServiceDefinition> services) throws IOException {
        InetSocketAddress socket = new InetSocketAddress(address, wantedPort);
        if (socket.isUnresolved()) {
            throw new IOException(
                    "address " + address + " is not known, expected an IP address or a host name of this machine");
        }
        if (!encrypted && !socket.getAddress().isLoopbackAddress()) {
            log.warn(
                    "listening on {} in plaintext: whoever reaches this port reads the configuration, registers instances and"
                            + " is sent their requests. Bind to 127.0.0.1 and use the TLS port, or let a network policy guard it",
                    address);
        }
        NettyServerBuilder builder = NettyServerBuilder.forAddress(socket, credentials)
                .executor(executor)
                .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
                .maxInboundMessageSize(MAX_REQUEST_BYTES)
                .maxInboundMetadataSize(MAX_HEADER_BYTES)
                // HTTP/2 rapid reset: 200 in 10 s is far more than a client with one stream ever needs.
                .maxRstFramesPerWindow(200, 10)
                .maxConnectionIdle(MAX_IDLE_SECONDS, TimeUnit.SECONDS)
                // Finds clients that vanished without closing; they would keep their place in the registry.
                .keepAliveTime(20, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
        services.forEach(builder::addService);
        BindableService health = new HealthStatusManager().getHealthService();
        builder.addService(health);
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

    /** Where it listens. */
    public int port() {
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
                running.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
        executor.shutdown();
    }
}
