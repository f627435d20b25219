package dev.weft.spring.declared.grpc;

import dev.weft.config.Cluster;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.http.kit.Snapshots;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The service behind {@code reviews:9080}. It says what it hears; {@code never} is not answered, {@code flaky...} fails the first time, the name
 * of a status fails with it.
 */
public final class Talker implements AutoCloseable {
    /** Calls that are not answered. */
    final Semaphore heard = new Semaphore(0);

    /** Those of them, and endless streams, whose caller has gone. */
    final Semaphore cancelled = new Semaphore(0);

    private final Set<String> flaky = ConcurrentHashMap.newKeySet();
    private final Server server;

    public Talker() {
        try {
            server = NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            InsecureServerCredentials.create())
                    .addService(ServerServiceDefinition.builder(WordsGrpc.getServiceDescriptor())
                            .addMethod(WordsGrpc.SAY, ServerCalls.asyncUnaryCall(this::say))
                            .addMethod(WordsGrpc.COUNT_TO, ServerCalls.asyncServerStreamingCall(this::count))
                            .addMethod(WordsGrpc.JOIN, ServerCalls.asyncClientStreamingCall(Joined::new))
                            .addMethod(WordsGrpc.CHAT, ServerCalls.asyncBidiStreamingCall(Said::new))
                            .build())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a mesh that knows it. */
    StaticSource configuration() {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
        return SnapshotSource.of(
                Snapshots.reviews().protocol(Cluster.Protocol.HTTP2).at(address));
    }

    /** Its own address, for calls that pass the mesh by. */
    public String direct() {
        return "static://127.0.0.1:" + server.getPort();
    }

    private void say(String text, StreamObserver<String> answer) {
        Status status = status(text);
        if (status != null) {
            answer.onError(status.asRuntimeException());
        } else if (text.equals("never")) {
            ((ServerCallStreamObserver<String>) answer).setOnCancelHandler(cancelled::release);
            heard.release();
        } else {
            answer.onNext(text);
            answer.onCompleted();
        }
    }

    /** Null: it is answered. */
    private @Nullable Status status(String text) {
        if (text.startsWith("flaky")) {
            return flaky.add(text) ? Status.UNAVAILABLE : null;
        }
        for (Status.Code code : Status.Code.values()) {
            if (code.name().equals(text)) {
                return code.toStatus();
            }
        }
        return null;
    }

    /** {@code 3}: as many replies; {@code 3 DATA_LOSS}: and then a failure; {@code endless}: one, and then nothing. */
    private void count(String text, StreamObserver<String> answer) {
        if (text.equals("endless")) {
            ((ServerCallStreamObserver<String>) answer).setOnCancelHandler(cancelled::release);
            answer.onNext("1");
            return;
        }
        String[] words = text.split(" ");
        for (int i = 1; i <= Integer.parseInt(words[0]); i++) {
            answer.onNext(String.valueOf(i));
        }
        Status status = words.length > 1 ? status(words[1]) : null;
        if (status == null) {
            answer.onCompleted();
        } else {
            answer.onError(status.asRuntimeException());
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /** One answer for everything. */
    private static final class Joined extends Said {
        private final StringBuilder all = new StringBuilder();

        Joined(StreamObserver<String> answer) {
            super(answer);
        }

        @Override
        public void onNext(String word) {
            all.append(word);
        }

        @Override
        public void onCompleted() {
            answer.onNext(all.toString());
            answer.onCompleted();
        }
    }

    /** An answer for each word. */
    private static class Said implements StreamObserver<String> {
        final StreamObserver<String> answer;

        Said(StreamObserver<String> answer) {
            this.answer = answer;
        }

        @Override
        public void onNext(String word) {
            answer.onNext(word);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
            answer.onCompleted();
        }
    }
}
