package dev.weft.spring.declared.grpc;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The answer of one call, which cancelling this future cancels. */
final class AnswerFuture extends CompletableFuture<@Nullable Object> implements FutureCallback<Object> {
    private final Line line;
    private final ListenableFuture<Object> answer;

    private AnswerFuture(Line line, ListenableFuture<Object> answer) {
        this.line = line;
        this.answer = answer;
    }

    static AnswerFuture of(Line line, ListenableFuture<Object> answer) {
        AnswerFuture future = new AnswerFuture(line, answer);
        Futures.addCallback(answer, future, MoreExecutors.directExecutor());
        return future;
    }

    @Override
    public void onSuccess(@Nullable Object reply) {
        complete(reply);
    }

    @Override
    public void onFailure(Throwable failure) {
        if (!line.isAnsweredInstead(failure)) {
            completeExceptionally(failure);
            return;
        }
        try {
            CompletionStage<?> instead = (CompletionStage<?>) requireNonNull(line.answerInstead(failure), "fallback");
            instead.whenComplete((reply, own) -> {
                if (own == null) {
                    complete(reply);
                } else {
                    completeExceptionally(own);
                }
            });
        } catch (Throwable own) {
            completeExceptionally(own);
        }
    }

    @Override
    public boolean cancel(boolean interrupts) {
        boolean cancelled = super.cancel(interrupts);
        answer.cancel(interrupts);
        return cancelled;
    }
}
