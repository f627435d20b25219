package dev.weft.http.guard;

import java.io.Serial;

/**
 * A request that two readers could take for two different ones, so that judging one would not be judging the other. It is answered with
 * 400 and an empty body; the message is for logs.
 */
public final class BadRequestException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What such a request is answered. */
    public static final int STATUS = 400;

    /** @param message what is ambiguous, for logs */
    public BadRequestException(String message) {
        // Thrown at whoever sends nonsense, as fast as he can: no stack trace.
        super(message, null, false, false);
    }
}
