package dev.weft.spring.declared.grpc;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;

/** Before an observer: asks the fallback, which has the observer as well, if the call fails before its first reply. */
final class ObserverInstead implements ClientResponseObserver<Object, Object> {
    private final Line line;
    private final StreamObserver<Object> observer;

    // gRPC calls an observer by one thread after the other.
    private boolean begun;

    private ObserverInstead(Line line, StreamObserver<Object> observer) {
        this.line = line;
        this.observer = observer;
    }

    static StreamObserver<Object> of(Line line, StreamObserver<Object> observer) {
        return line.instead() == null ? observer : new ObserverInstead(line, observer);
    }

    @Override
    @SuppressWarnings("unchecked") // an observer of this call
    public void beforeStart(ClientCallStreamObserver<Object> requests) {
        if (observer instanceof ClientResponseObserver<?, ?>) {
            ((ClientResponseObserver<Object, Object>) observer).beforeStart(requests);
        }
    }

    @Override
    public void onNext(Object reply) {
        begun = true;
        observer.onNext(reply);
    }

    @Override
    public void onError(Throwable failure) {
        if (begun || !line.isAnsweredInstead(failure)) {
            observer.onError(failure);
            return;
        }
        try {
            Object unused = line.answerInstead(failure);
        } catch (Throwable own) {
            observer.onError(own);
        }
    }

    @Override
    public void onCompleted() {
        observer.onCompleted();
    }
}
