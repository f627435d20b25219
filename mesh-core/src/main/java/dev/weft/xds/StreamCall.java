package dev.weft.xds;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * gRPC's side of a stream, for both variants of the protocol: one push at a time in, requests in order out. The control thread
 * calls; gRPC's threads report.
 */
final class StreamCall<Q, R> implements ClientResponseObserver<Q, R> {
    private final AdsStream.Listener listener;
    private final Function<R, Push> reader;

    // Control thread only.
    private final Queue<Q> held = new ArrayDeque<>();
    private boolean holding;

    /** Written before the call starts, which is before anybody reads it. */
    private @Nullable ClientCallStreamObserver<Q> requests;

    /** @param reader turns a response into a push; runs on gRPC's threads */
    StreamCall(AdsStream.Listener listener, Function<R, Push> reader) {
        this.listener = listener;
        this.reader = reader;
    }

    private ClientCallStreamObserver<Q> requests() {
        return Objects.requireNonNull(requests, "the call has not started");
    }

    void send(Q request) {
        if (holding) {
            held.add(request);
            return;
        }
        try {
            requests().onNext(request);
        } catch (IllegalStateException e) {
            // grpc-java: "call was cancelled", "call already half-closed". The stream ended while the request was on
            // its
            // way; the listener hears of the end and reconnects.
            return;
        }
    }

    void hold() {
        holding = true;
    }

    void release() {
        holding = false;
        for (Q next = held.poll(); next != null; next = held.poll()) {
            send(next);
        }
    }

    void next() {
        requests().request(1);
    }

    void end(String reason) {
        requests().cancel(reason, null);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> stream) {
        requests = stream;
        stream.disableAutoRequestWithInitial(1);
    }

    @Override
    public void onNext(R response) {
        listener.pushed(reader.apply(response));
    }

    @Override
    public void onError(Throwable failure) {
        listener.ended(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        requests().onCompleted();
        listener.ended(Status.UNAVAILABLE.withDescription("the control plane ended the stream"));
    }
}
