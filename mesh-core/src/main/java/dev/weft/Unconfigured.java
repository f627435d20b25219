package dev.weft;

import java.time.Duration;

/** What becomes of calls while a mesh has no configuration, neither from a control plane nor from disk. */
public final class Unconfigured {
    private final String words;

    private Unconfigured(String words) {
        this.words = words;
    }

    /** Calls wait at most this long, then they are answered 503 {@code NC}. */
    public static Unconfigured hold(Duration atMost) {
        if (atMost.isNegative()) {
            throw new IllegalArgumentException("hold " + atMost + ": zero or more was expected");
        }
        return new Unconfigured("hold " + atMost);
    }

    /** Calls are answered 503 {@code NC} at once. */
    public static Unconfigured refuse() {
        return new Unconfigured("refuse");
    }

    /** Calls go where their URL says, unmeshed. Demands {@link Trust#none()}: never silently plaintext. */
    public static Unconfigured passThrough() {
        return new Unconfigured("pass-through");
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
