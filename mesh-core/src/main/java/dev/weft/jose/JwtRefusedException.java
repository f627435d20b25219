package dev.weft.jose;

import java.io.Serial;

/** A text that is no token. Without a stack trace: who sends garbage shall not choose how much work it makes. */
public final class JwtRefusedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final JwtStatus status;

    JwtRefusedException(JwtStatus status) {
        super(status.words(), null, false, false);
        this.status = status;
    }

    /** What is wrong with it. */
    public JwtStatus status() {
        return status;
    }
}
