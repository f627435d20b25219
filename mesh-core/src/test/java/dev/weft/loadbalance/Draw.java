package dev.weft.loadbalance;

/** A selection for tests, and how it came about. */
final class Draw implements Selection {
    private boolean hashed;
    private long hash;
    private int reselection;
    private int avoidedPriorities;
    int priority;
    boolean degraded;
    boolean panic;

    Draw hash(long requestHash) {
        hashed = true;
        hash = requestHash;
        return this;
    }

    Draw reselection(int attempt) {
        reselection = attempt;
        return this;
    }

    Draw avoidPriorities(int bits) {
        avoidedPriorities = bits;
        return this;
    }

    @Override
    public boolean hashed() {
        return hashed;
    }

    @Override
    public long hash() {
        return hash;
    }

    @Override
    public int reselection() {
        return reselection;
    }

    @Override
    public int avoidedPriorities() {
        return avoidedPriorities;
    }

    @Override
    public void came(int from, boolean ofDegraded, boolean inPanic) {
        priority = from;
        degraded = ofDegraded;
        panic = inPanic;
    }
}
