package dev.weft.spring.declared.grpc;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The answer of one call, which ends with this future: cancelled, timed out or completed by somebody else. */
final class AnswerFuture extends CompletableFuture<@Nullable Object> implements FutureCallback<Object> {
    private final Line line;

    private AnswerFuture(Line line) {
        this.line = line;
    }

    static AnswerFuture of(Line line, ListenableFuture<Object> answer) {
        AnswerFuture future = new AnswerFuture(line);
        Futures.addCallback(answer, future, MoreExecutors.directExecutor());
        // Nothing to an answer that is there; to one that nobody waits for any more the end of its call.
        var unused = future.whenComplete((reply, failure) -> answer.cancel(true));
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
}
