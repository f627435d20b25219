package dev.weft.http;

import dev.weft.http.call.Answer;
import dev.weft.http.call.Caller;
import dev.weft.http.call.OutboundCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A future that is completed by a call, and whose cancellation cancels the call. */
final class PendingResponse implements Caller {
    private final Executor executor;
    private final CompletableFuture<MeshResponse> future = new CompletableFuture<>();

    // The answer may come before begin() has returned the call that it belongs to.
    private final CompletableFuture<OutboundCall> call = new CompletableFuture<>();

    /** @param executor completes the future, because what hangs on it may block */
    PendingResponse(Executor executor) {
        this.executor = executor;
    }

    void carriedBy(OutboundCall carrier) {
        call.complete(carrier);
        future.whenComplete((response, failure) -> {
            if (future.isCancelled()) {
                carrier.cancel();
            }
        });
    }

    CompletableFuture<MeshResponse> future() {
        return future;
    }

    @Override
    public void answered(Answer answer) {
        call.thenAccept(carrier -> executor.execute(() -> {
            if (!future.complete(new MeshResponse(answer, carrier, executor))) {
                answer.body().close();
            }
        }));
    }

    @Override
    public void failed(Throwable cause) {
        executor.execute(() -> future.completeExceptionally(cause));
    }
}
