package dev.weft;

import java.time.Duration;

/** What becomes of calls while a mesh has no configuration, neither from a control plane nor from disk. */
public sealed interface Unconfigured {

    /** Calls wait at most this long, then they are answered 503 {@code NC}. */
    static Unconfigured hold(Duration atMost) {
        if (atMost.isNegative()) {
            throw new IllegalArgumentException("hold " + atMost + ": zero or more was expected");
        }
        return new Hold(atMost);
    }

    /** Calls are answered 503 {@code NC} at once. */
    static Unconfigured refuse() {
        return new Hold(Duration.ZERO);
    }

    /** Calls go where their URL says, unmeshed. Demands {@link Trust#none()}: never silently plaintext. */
    static Unconfigured passThrough() {
        return PassThrough.PASS_THROUGH;
    }

    /** See {@link #hold}. */
    record Hold(Duration atMost) implements Unconfigured {}

    /** See {@link #passThrough}. */
    enum PassThrough implements Unconfigured {
        PASS_THROUGH
    }
}
