package dev.weft.grpc.call;

import com.google.common.util.concurrent.MoreExecutors;
import dev.weft.engine.Attempt;
import dev.weft.grpc.link.AttemptOption;
import dev.weft.http.kit.Eventually;
import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A channel without a network: the test is the server of each attempt. Its calls are as strict as gRPC's own. */
final class FakeHosts extends Channel {
    final List<Line> lines = new CopyOnWriteArrayList<>();
    final List<Line> holds = new CopyOnWriteArrayList<>();

    // Set by the test before it calls.
    Consumer<Line> started = line -> {};

    @Override
    @SuppressWarnings("unchecked")
    public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
        Line line = new Line(method.getFullMethodName(), options);
        // What holds the channel goes to no host.
        (line.attempt == null ? holds : lines).add(line);
        return (ClientCall<Q, R>) line;
    }

    @Override
    public String authority() {
        return "reviews:9080";
    }

    Line line(int number) {
        Eventually.is(
                "call " + number + " of the channel has been started",
                () -> lines.size() >= number && lines.get(number - 1).listener != null);
        return lines.get(number - 1);
    }

    /** One call of the channel. */
    final class Line extends ClientCall<String, String> {
        final String method;
        final CallOptions options;
        final Attempt attempt;
        final List<String> sent = new CopyOnWriteArrayList<>();
        final List<String> wrong = new CopyOnWriteArrayList<>();
        private final AtomicBoolean inUse = new AtomicBoolean();
        private final AtomicBoolean over = new AtomicBoolean();
        private final Executor executor;

        volatile boolean ready = true;
        volatile boolean cancelled;
        private final AtomicInteger requested = new AtomicInteger();
        volatile Metadata headers;
        volatile ClientStreamTracer tracer;
        private volatile Listener<String> listener;

        Line(String method, CallOptions options) {
            this.method = method;
            this.options = options;
            attempt = options.getOption(AttemptOption.KEY);
            executor = MoreExecutors.newSequentialExecutor(options.getExecutor());
        }

        @Override
        public void start(Listener<String> to, Metadata given) {
            headers = given;
            for (ClientStreamTracer.Factory factory : options.getStreamTracerFactories()) {
                tracer = factory.newClientStreamTracer(
                        ClientStreamTracer.StreamInfo.newBuilder().build(), given);
            }
            listener = to;
            started.accept(this);
        }

        /** A connection has taken it and its head is written. */
        Line connected() {
            tracer.streamCreated(Attributes.EMPTY, headers);
            tracer.outboundHeaders();
            return this;
        }

        void headers() {
            executor.execute(() -> listener.onHeaders(new Metadata()));
        }

        void message(String message) {
            executor.execute(() -> listener.onMessage(message));
        }

        void becomeReady() {
            ready = true;
            executor.execute(listener::onReady);
        }

        /** The server's end. */
        void end(Status status) {
            Metadata trailers = new Metadata();
            if (over.compareAndSet(false, true)) {
                tracer.inboundTrailers(trailers);
                executor.execute(() -> listener.onClose(status, trailers));
            }
        }

        /** The transport's end. */
        void lost(Status status) {
            if (over.compareAndSet(false, true)) {
                executor.execute(() -> listener.onClose(status, new Metadata()));
            }
        }

        int requested() {
            return requested.get();
        }

        @Override
        public void request(int messages) {
            requested.addAndGet(messages);
        }

        @Override
        public void cancel(String message, Throwable cause) {
            cancelled = true;
            lost(Status.CANCELLED.withDescription(message).withCause(cause));
        }

        @Override
        public void halfClose() {
            send("/");
        }

        @Override
        public void sendMessage(String message) {
            send(message);
        }

        private void send(String what) {
            if (!inUse.compareAndSet(false, true)) {
                wrong.add("two threads at once");
            }
            try {
                if (cancelled) {
                    throw new IllegalStateException("call was cancelled");
                }
                sent.add(what);
                if (!what.equals("/")) {
                    tracer.outboundWireSize(what.length());
                }
            } finally {
                inUse.set(false);
            }
        }

        @Override
        public boolean isReady() {
            return ready;
        }
    }
}
