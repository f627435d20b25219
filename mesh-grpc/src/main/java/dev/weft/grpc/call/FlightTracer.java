package dev.weft.grpc.call;

import dev.weft.engine.Attempt;
import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What only the stream of an attempt sees: its connection, its bytes, and whether its end came by wire. */
final class FlightTracer extends ClientStreamTracer {
    private final Attempt attempt;
    private final LongConsumer grown;
    private final Runnable again;

    // All are written by the transport, one event at a time; read by the attempt's executor.
    private volatile long sent;
    private volatile long received;
    private volatile boolean waited;
    private volatile boolean created;
    private volatile boolean headersSent;
    private volatile boolean answered;

    /**
     * @param grown hears how many bytes have been sent in all
     * @param again gRPC is about to repeat the stream by itself
     */
    FlightTracer(Attempt attempt, LongConsumer grown, Runnable again) {
        this.attempt = attempt;
        this.grown = grown;
        this.again = again;
    }

    Factory factory() {
        return new Factory() {
            @Override
            public ClientStreamTracer newClientStreamTracer(StreamInfo info, Metadata headers) {
                if (info.isTransparentRetry()) {
                    again.run();
                }
                return FlightTracer.this;
            }
        };
    }

    /** A connection took it. */
    boolean created() {
        return created;
    }

    /** The request head has left. */
    boolean headersSent() {
        return headersSent;
    }

    /** The end was told by the server. */
    boolean answered() {
        return answered;
    }

    Attempt.Closed summary(boolean complete, @Nullable Integer grpcStatus) {
        return new Attempt.Closed(sent, received, complete, grpcStatus);
    }

    @Override
    public void createPendingStream() {
        waited = true;
    }

    @Override
    public void streamCreated(Attributes transport, Metadata headers) {
        created = true;
        attempt.connected(!waited);
    }

    @Override
    public void outboundHeaders() {
        headersSent = true;
        attempt.requestSent();
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // messages are written one after the other
    public void outboundWireSize(long bytes) {
        sent += bytes;
        grown.accept(sent);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread of the transport writes
    public void inboundWireSize(long bytes) {
        received += bytes;
    }

    @Override
    public void inboundTrailers(Metadata trailers) {
        answered = true;
    }
}
