package dev.weft.grpc.call;

import dev.weft.engine.Attempt;
import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What only the stream of an attempt sees: its connection, its bytes, and whether its end came by wire. */
final class FlightTracer extends ClientStreamTracer {
    private final Attempt attempt;
    private final Upload<?> upload;
    private final boolean mirror;

    // Counted by whoever writes, user's thread or event loop, and read at the end.
    private final AtomicLong sent = new AtomicLong();

    // Written by the transport, one event at a time; read by the attempt's executor.
    private volatile long received;
    private volatile boolean waited;
    private volatile boolean created;
    private volatile boolean headersSent;
    private volatile boolean answered;

    FlightTracer(Attempt attempt, Upload<?> upload) {
        this.attempt = attempt;
        this.upload = upload;
        mirror = attempt.kind() == Attempt.Kind.MIRROR;
    }

    Factory factory() {
        return new Factory() {
            @Override
            public ClientStreamTracer newClientStreamTracer(StreamInfo info, Metadata headers) {
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
        return new Attempt.Closed(sent.get(), received, complete, grpcStatus);
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
    public void outboundWireSize(long bytes) {
        long all = sent.addAndGet(bytes);
        if (!mirror) {
            upload.sent(all);
        }
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
