package dev.weft;

import java.time.Duration;

/** What a configuration is worth that no control plane confirms any more. */
public sealed interface Offline {

    /** A configuration of any age beats none. */
    static Offline serve() {
        return new ServeFor(Duration.ofSeconds(Long.MAX_VALUE / 1_000_000_000));
    }

    /** A configuration older than this is as good as none. */
    static Offline serveFor(Duration age) {
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("serveFor " + age + ": a duration above zero was expected");
        }
        return new ServeFor(age);
    }

    /** The stored configuration of an earlier run is not used: the process starts with a control plane or not at all. */
    static Offline refuse() {
        return Refuse.REFUSE;
    }

    /** See {@link #serveFor}. */
    record ServeFor(Duration age) implements Offline {}

    /** See {@link #refuse}. */
    enum Refuse implements Offline {
        REFUSE
    }
}
