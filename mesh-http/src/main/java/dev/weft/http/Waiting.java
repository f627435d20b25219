package dev.weft.http;

import dev.weft.http.call.Answer;
import dev.weft.http.call.Caller;
import dev.weft.http.call.OutboundCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that waits for its call. */
final class Waiting implements Caller {
    private final Thread thread = Thread.currentThread();

    // One of both is written once, by whoever brings the news; read by the waiting thread.
    private volatile @Nullable Answer answer;
    private volatile @Nullable Throwable failure;

    @Override
    public void answered(Answer given) {
        answer = given;
        wake();
    }

    @Override
    public void failed(Throwable cause) {
        failure = cause;
        wake();
    }

    private void wake() {
        if (Thread.currentThread() != thread) {
            LockSupport.unpark(thread);
        }
    }

    Answer await(OutboundCall call) {
        while (true) {
            Answer given = answer;
            if (given != null) {
                return given;
            }
            Throwable cause = failure;
            if (cause != null) {
                throw unchecked(cause);
            }
            if (Thread.interrupted()) {
                call.cancel();
                Thread.currentThread().interrupt();
                Answer late = answer;
                if (late != null) {
                    late.body().close();
                }
                throw new CancellationException("interrupted while waiting for a response; the call was cancelled");
            }
            LockSupport.park(this);
        }
    }

    private static RuntimeException unchecked(Throwable cause) {
        return cause instanceof IOException io
                ? new UncheckedIOException(io.getMessage(), io)
                : cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }
}
