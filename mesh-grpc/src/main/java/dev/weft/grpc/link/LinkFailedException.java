package dev.weft.grpc.link;

import dev.weft.engine.Attempt;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** No connection to a host; the cause of the status that ends an attempt which never became a stream. */
public final class LinkFailedException extends IOException {
    private static final long serialVersionUID = 1;

    private final Attempt.Failure failure;
    private final boolean again;

    /**
     * @param failure {@link Attempt.Failure#CONNECT} or {@link Attempt.Failure#TLS}
     * @param message host and reason, for people
     */
    public LinkFailedException(Attempt.Failure failure, String message, @Nullable Throwable cause) {
        this(failure, message, cause, false);
    }

    private LinkFailedException(Attempt.Failure failure, String message, @Nullable Throwable cause, boolean again) {
        super(message, cause);
        this.failure = failure;
        this.again = again;
    }

    /** A handshake that would end better if it were begun once more: what has been learnt from it changes the next one. */
    public static LinkFailedException worthAnother(String message, @Nullable Throwable cause) {
        return new LinkFailedException(Attempt.Failure.TLS, message, cause, true);
    }

    public Attempt.Failure failure() {
        return failure;
    }

    /** Whether the host is to be dialled once more before anybody hears of this. */
    public boolean again() {
        return again;
    }
}
