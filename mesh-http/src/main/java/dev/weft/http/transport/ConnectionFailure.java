package dev.weft.http.transport;

import dev.weft.engine.Attempt.Failure;
import java.io.IOException;

/** Why a transfer got no response, in the engine's words and in the wire's. Carries no stack trace: it is made per request. */
final class ConnectionFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    ConnectionFailure(Failure failure, String message) {
        this(failure, message, null);
    }

    ConnectionFailure(Failure failure, String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }
}
