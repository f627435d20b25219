package dev.weft.grpc.target;

import dev.weft.grpc.Text;
import io.grpc.Attributes;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server on loopback that answers with its name and the authority that it was called by, at once or when it is told to. */
final class EchoServer implements AutoCloseable {
    static final MethodDescriptor<String, String> ECHO = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodType.UNARY)
            .setFullMethodName("test.Echo/Echo")
            .setRequestMarshaller(new Text())
            .setResponseMarshaller(new Text())
            .build();

    final AtomicInteger connections = new AtomicInteger();
    final List<Runnable> held = new CopyOnWriteArrayList<>();
    /** The next call is held. */
    final AtomicBoolean holds = new AtomicBoolean();

    /** Calls of methods that nobody should know. */
    final AtomicInteger strangers = new AtomicInteger();

    private final Server server;

    EchoServer(String name) {
        this(name, 0);
    }

    EchoServer(String name, int port) {
        try {
            server = NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                            InsecureServerCredentials.create())
                    .directExecutor()
                    .addTransportFilter(new ServerTransportFilter() {
                        @Override
                        public Attributes transportReady(Attributes transport) {
                            connections.incrementAndGet();
                            return transport;
                        }
                    })
                    .addService(ServerServiceDefinition.builder("test.Echo")
                            .addMethod(ECHO, answering(name))
                            .build())
                    .fallbackHandlerRegistry(new HandlerRegistry() {
                        @Override
                        public @Nullable ServerMethodDefinition<?, ?> lookupMethod(
                                String method, @Nullable String authority) {
                            strangers.incrementAndGet();
                            return null;
                        }
                    })
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerCallHandler<String, String> answering(String name) {
        return (call, headers) -> {
            call.request(1);
            return new ServerCall.Listener<>() {
                @Override
                public void onHalfClose() {
                    Runnable answer = () -> {
                        call.sendHeaders(new Metadata());
                        call.sendMessage(name + " as " + call.getAuthority());
                        call.close(Status.OK, new Metadata());
                    };
                    if (holds.getAndSet(false)) {
                        held.add(answer);
                    } else {
                        answer.run();
                    }
                }
            };
        };
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
