package dev.weft.spring.declared.grpc;

import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** All that an observer was told, when it is over. */
final class Heard implements StreamObserver<String> {
    final CompletableFuture<List<String>> all = new CompletableFuture<>();
    private final List<String> heard = new ArrayList<>();

    @Override
    public void onNext(String word) {
        heard.add(word);
    }

    @Override
    public void onError(Throwable failure) {
        all.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
        all.complete(heard);
    }
}
