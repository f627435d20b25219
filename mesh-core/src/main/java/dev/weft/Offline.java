package dev.weft;

import java.time.Duration;

/** What a configuration is worth that no control plane confirms any more. */
public final class Offline {
    private final String words;

    private Offline(String words) {
        this.words = words;
    }

    /** A configuration of any age beats none. */
    public static Offline serve() {
        return new Offline("serve");
    }

    /** A configuration older than this, in memory or on disk, is as good as none. */
    public static Offline serveFor(Duration age) {
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("serveFor " + age + ": a duration above zero was expected");
        }
        return new Offline(age.toString());
    }

    /** The stored configuration of an earlier run is not used: the process starts with a control plane or not at all. */
    public static Offline refuse() {
        return new Offline("refuse");
    }

    /** As a setting spells it. */
    String words() {
        return words;
    }

    @Override
    public String toString() {
        return words;
    }
}
