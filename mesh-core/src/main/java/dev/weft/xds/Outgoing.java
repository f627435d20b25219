package dev.weft.xds;

import io.grpc.stub.ClientCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The requests of a stream, in order. What is said while a push is taken in is held until that push is in force: who stops an
 * instance once everybody has acknowledged that it is gone relies on it. Control thread only.
 */
final class Outgoing<T> {
    private final Queue<T> waiting = new ArrayDeque<>();
    private boolean holding;

    /** Keeps requests back until {@link #release}. */
    void hold() {
        holding = true;
    }

    void release(ClientCallStreamObserver<T> requests) {
        holding = false;
        for (T next = waiting.poll(); next != null; next = waiting.poll()) {
            send(next, requests);
        }
    }

    void send(T request, ClientCallStreamObserver<T> requests) {
        if (holding) {
            waiting.add(request);
        } else {
            StreamEnd.ignoringLateSends(() -> requests.onNext(request));
        }
    }
}
