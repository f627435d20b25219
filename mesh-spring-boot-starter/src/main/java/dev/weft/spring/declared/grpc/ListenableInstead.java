package dev.weft.spring.declared.grpc;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.StatusRuntimeException;

/** A fallback for an answer that comes as Guava's future. */
final class ListenableInstead {
    private ListenableInstead() {}

    @SuppressWarnings("unchecked") // the fallback's method is the one that was called
    static ListenableFuture<Object> of(Line line, ListenableFuture<Object> answer) {
        if (line.instead() == null) {
            return answer;
        }
        return Futures.catchingAsync(
                answer,
                StatusRuntimeException.class,
                failure -> (ListenableFuture<Object>) requireNonNull(line.answerInstead(failure), "fallback"),
                MoreExecutors.directExecutor());
    }
}
