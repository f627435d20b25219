package dev.weft.grpc.link;

import dev.weft.engine.Attempt;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** No connection to a host; the cause of the status that ends an attempt which never became a stream. */
public final class LinkFailedException extends IOException {
    private static final long serialVersionUID = 1;

    private final Attempt.Failure failure;

    /**
     * @param failure {@link Attempt.Failure#CONNECT} or {@link Attempt.Failure#TLS}
     * @param message host and reason, for people
     */
    public LinkFailedException(Attempt.Failure failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public Attempt.Failure failure() {
        return failure;
    }
}
