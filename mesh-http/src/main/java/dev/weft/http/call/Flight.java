package dev.weft.http.call;

import dev.weft.engine.Attempt;
import dev.weft.http.body.IncomingBody;
import dev.weft.http.transport.Transfer;
import dev.weft.http.transport.TransferListener;
import dev.weft.request.Headers;
import dev.weft.request.ResponseHead;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One attempt on its way: tells the engine what the transport sees, and keeps the response body until somebody reads it. */
final class Flight implements TransferListener, IncomingBody.Source {
    final Attempt attempt;

    private final OutboundCall call;
    private final boolean mirror;
    private final IncomingBody body = new IncomingBody(this);
    private final Transfer transfer;

    // Whoever wins closes the attempt's books; what the transport says afterwards is dropped.
    private final AtomicBoolean closed = new AtomicBoolean();

    // Event loop only.
    private @Nullable ResponseHead head;
    private boolean http2;

    // Written and read by commands, which come one at a time.
    private boolean delivered;

    Flight(OutboundCall call, Attempt attempt) {
        this.call = call;
        this.attempt = attempt;
        mirror = attempt.kind() == Attempt.Kind.MIRROR;
        transfer = new Transfer(
                attempt.host(),
                attempt.cluster(),
                attempt.tls(),
                call.caller.sent(attempt.head()),
                call.body,
                call.expectContinue && !mirror,
                this);
    }

    void send() {
        call.mesh.transport().send(transfer);
    }

    /** The response is the caller's from now on. */
    Answer delivered() {
        delivered = true;
        return new Answer(attempt.responseHead(), body, null, http2);
    }

    /** The engine wants no more of it. */
    void cancel() {
        if (closed.compareAndSet(false, true)) {
            transfer.cancel();
            if (delivered) {
                body.fail(new IOException("the call " + (late() ? "ran out of time (UT)" : "was cancelled")
                        + " before the response was whole"));
            } else {
                body.close();
            }
            attempt.closed(summary(false, null));
        }
    }

    private boolean late() {
        long deadline = attempt.deadlineNanos();
        return deadline != Long.MAX_VALUE
                && deadline - call.mesh.world().ticker().nanoTime() <= 0;
    }

    @Override
    public void connected(boolean reused, boolean http2) {
        this.http2 = http2;
        attempt.connected(reused);
    }

    @Override
    public void requestSent() {
        attempt.requestSent();
    }

    @Override
    public void requestComplete() {
        if (mirror) {
            return;
        }
        if (!call.body.replayable()) {
            call.exchange.requestComplete();
        }
        call.caller.requestComplete();
    }

    @Override
    public void head(ResponseHead response, boolean endOfStream) {
        if (!closed.get()) {
            head = response;
            attempt.headers(response, endOfStream);
        }
    }

    @Override
    public boolean data(ByteBuf data) {
        if (mirror || closed.get()) {
            data.release();
            return true;
        }
        byte[] copy = new byte[data.readableBytes()];
        data.readBytes(copy);
        data.release();
        return body.offer(ByteBuffer.wrap(copy));
    }

    @Override
    public void end(Headers trailers) {
        if (closed.compareAndSet(false, true)) {
            // The books first: who has read the last byte finds them closed.
            attempt.closed(summary(true, grpcStatus(trailers)));
            body.end(trailers);
        }
    }

    @Override
    public void failed(Attempt.Failure failure, Throwable cause) {
        if (closed.compareAndSet(false, true)) {
            if (head == null) {
                attempt.failed(failure, cause);
            }
            attempt.closed(summary(false, null));
            body.fail(new IOException("the response broke off: " + cause.getMessage(), cause));
        }
    }

    @Override
    public void bodyFailed(Throwable cause) {
        if (mirror) {
            failed(Attempt.Failure.RESET, cause);
        } else if (!closed.get()) {
            call.bodyFailed(cause);
        }
    }

    private Attempt.Closed summary(boolean complete, @Nullable Integer grpcStatus) {
        return new Attempt.Closed(transfer.bytesSent(), transfer.bytesReceived(), complete, grpcStatus);
    }

    private @Nullable Integer grpcStatus(Headers trailers) {
        String text = trailers.first("grpc-status");
        if (text == null && head != null) {
            text = head.headers().first("grpc-status");
        }
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public void resume() {
        transfer.resume();
    }

    /** The reader has closed the response before its end. */
    @Override
    public void abandon() {
        if (!closed.get()) {
            call.exchange.cancel();
        }
    }
}
