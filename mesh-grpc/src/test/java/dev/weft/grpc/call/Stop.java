package dev.weft.grpc.call;

import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gRPC server on loopback whose methods a test scripts. */
final class Stop implements AutoCloseable {
    /** What arrived, in order. */
    final List<Metadata> heads = new CopyOnWriteArrayList<>();

    final List<ServerCall<String, String>> calls = new CopyOnWriteArrayList<>();

    // Written by the test, read by the server's threads.
    private volatile ServerCallHandler<String, String> script;

    private final Server server;

    Stop(ServerCallHandler<String, String> script) {
        this.script = script;
        ServerCallHandler<String, String> every = (call, headers) -> {
            heads.add(headers);
            calls.add(call);
            return this.script.startCall(call, headers);
        };
        try {
            server = NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            InsecureServerCredentials.create())
                    .directExecutor()
                    .addService(ServerServiceDefinition.builder(Words.SERVICE)
                            .addMethod(Words.UNARY, every)
                            .addMethod(Words.CLIENT, every)
                            .addMethod(Words.SERVER, every)
                            .addMethod(Words.BIDI, every)
                            .build())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void then(ServerCallHandler<String, String> next) {
        script = next;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
