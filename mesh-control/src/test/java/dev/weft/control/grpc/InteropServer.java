package dev.weft.control.grpc;

import dev.weft.control.HeldPort;
import io.grpc.Attributes;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** gRPC's interop server, with no mesh in it. For the thread of the test. */
final class InteropServer implements AutoCloseable {
    final String name;
    final AtomicInteger connections = new AtomicInteger();
    private final RpcBehavior behavior;
    private final ServerCredentials credentials;
    private final String locality;
    private final String serviceAccount;
    // Given back with the process.
    private final HeldPort port;
    private @Nullable Server server;

    private InteropServer(String name, String locality, String serviceAccount, ServerCredentials credentials) {
        this.name = name;
        this.behavior = new RpcBehavior(name);
        this.locality = locality;
        this.serviceAccount = serviceAccount;
        this.credentials = credentials;
        try {
            port = new HeldPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    static InteropServer plaintext(String name, String locality) {
        return new InteropServer(name, locality, "", InsecureServerCredentials.create());
    }

    static InteropServer encrypted(String name, String serviceAccount, ServerCredentials credentials) {
        return new InteropServer(name, "local/a", serviceAccount, credentials);
    }

    /** Starts again where it was. */
    void start() {
        try {
            server = NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number()), credentials)
                    .addService(behavior.service())
                    .addTransportFilter(new ServerTransportFilter() {
                        @Override
                        public Attributes transportReady(Attributes attributes) {
                            connections.incrementAndGet();
                            return attributes;
                        }
                    })
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends with all of its connections, as a process does that dies. */
    void stop() {
        if (server != null) {
            server.shutdownNow();
            try {
                server.awaitTermination(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            server = null;
        }
    }

    /** Calls that are neither answered nor given up. */
    int open() {
        return behavior.open.get();
    }

    /** As an endpoint of a ServiceEntry. */
    String endpoint() {
        return "{address: 127.0.0.1, ports: {grpc: " + port.number() + "}, locality: " + locality
                + (serviceAccount.isEmpty() ? "" : ", serviceAccount: " + serviceAccount) + "}";
    }

    @Override
    public void close() {
        stop();
    }
}
