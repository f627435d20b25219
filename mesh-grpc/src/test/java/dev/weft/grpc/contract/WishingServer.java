package dev.weft.grpc.contract;

import dev.weft.grpc.Text;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.call.Protocol;
import dev.weft.http.kit.call.Wish;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A gRPC server, with no mesh in it, that does as each call wishes. */
final class WishingServer implements Protocol.Served {
    static final MethodDescriptor<String, String> CALL = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("test.Wishes/Call")
            .setRequestMarshaller(new Text())
            .setResponseMarshaller(new Text())
            .build();

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final String name;
    private final Server server;

    WishingServer(String name, @Nullable MutualTls tls) {
        this.name = name;
        try {
            NettyServerBuilder builder =
                    NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            if (tls != null) {
                builder.sslContext(tls.server("h2"));
            }
            server = builder.addService(ServerServiceDefinition.builder("test.Wishes")
                            .addMethod(CALL, this::start)
                            .build())
                    .build()
                    .start();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private ServerCall.Listener<String> start(ServerCall<String, String> call, Metadata headers) {
        String[] wish = String.valueOf(headers.get(GrpcProtocol.WISH)).split("@", 2);
        Wish.Kind kind = wish[1].isEmpty() || wish[1].equals(name) ? Wish.Kind.valueOf(wish[0]) : Wish.Kind.ANSWER;
        AtomicBoolean over = new AtomicBoolean();
        Runnable end = () -> {
            if (over.compareAndSet(false, true)) {
                open.decrementAndGet();
            }
        };
        open.incrementAndGet();
        calls.incrementAndGet();
        call.request(1);
        return new ServerCall.Listener<>() {
            @Override
            public void onHalfClose() {
                if (kind != Wish.Kind.HANG) {
                    end.run();
                    answer(call, kind);
                }
            }

            @Override
            public void onCancel() {
                end.run();
            }
        };
    }

    private void answer(ServerCall<String, String> call, Wish.Kind kind) {
        if (kind == Wish.Kind.FAIL) {
            call.close(Status.UNAVAILABLE.withDescription("status from " + name), new Metadata());
            return;
        }
        Metadata head = new Metadata();
        head.put(GrpcProtocol.SERVER, name);
        call.sendHeaders(head);
        call.sendMessage("hello");
        call.close(Status.OK, new Metadata());
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getListenSockets().get(0);
    }

    @Override
    public int calls() {
        return calls.get();
    }

    @Override
    public int open() {
        return open.get();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
