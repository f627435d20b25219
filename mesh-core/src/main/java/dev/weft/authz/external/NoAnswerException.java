package dev.weft.authz.external;

import java.io.Serial;

/** An answer that says neither yes nor no. The message is for logs. */
final class NoAnswerException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    NoAnswerException(String message) {
        super(message, null, false, false);
    }
}
