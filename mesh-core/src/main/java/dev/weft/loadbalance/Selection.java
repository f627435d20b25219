package dev.weft.loadbalance;

/**
 * What one pick goes by, and what it came by, for its explanation. Used by one thread at a time; a call reuses its own for each
 * attempt.
 */
public final class Selection {
    private boolean hashed;
    private long hash;
    private int reselection;
    private long avoidedPriorities;

    private int priority;
    private boolean panic;
    private boolean degraded;

    /** Hashing policies go by this; without it they draw. */
    public Selection hash(long requestHash) {
        hashed = true;
        hash = requestHash;
        return this;
    }

    /** @param attempt 0 for the first pick, then 1, 2, ... when the host picked before was not wanted */
    public Selection reselection(int attempt) {
        reselection = attempt;
        return this;
    }

    /** @param bits bit p is set when priority p has been tried and should be left out; higher priorities cannot be */
    public Selection avoidPriorities(long bits) {
        avoidedPriorities = bits;
        return this;
    }

    public boolean hashed() {
        return hashed;
    }

    long hash() {
        return hash;
    }

    int reselection() {
        return reselection;
    }

    long avoidedPriorities() {
        return avoidedPriorities;
    }

    void came(int from, boolean ofDegraded, boolean inPanic) {
        priority = from;
        degraded = ofDegraded;
        panic = inPanic;
    }

    /** The priority that the last pick was made from. */
    public int priority() {
        return priority;
    }

    /** The last pick ignored health because too few hosts of its priority are healthy. */
    public boolean panic() {
        return panic;
    }

    /** The last pick was made from degraded hosts. */
    public boolean degraded() {
        return degraded;
    }
}
