package dev.weft.loadbalance;

/**
 * What one pick goes by, and whom it tells what it came by. Implemented by whoever keeps the books of a call, so that a pick makes
 * no object. Used by one thread at a time.
 */
public interface Selection {

    /** Whether there is a hash of the request. Hashing policies draw without one. */
    boolean hashed();

    /** The hash, if there is one. */
    long hash();

    /** 0 for the first pick, then 1, 2, ... when the host picked before was not wanted. */
    int reselection();

    /** Bit p is set when priority p has been tried and should be left out; priorities from 32 on cannot be. */
    int avoidedPriorities();

    /**
     * Called with each pick that finds a priority to pick from.
     *
     * @param degraded from its degraded hosts
     * @param panic health was ignored, because too few hosts of the priority are healthy
     */
    void came(int priority, boolean degraded, boolean panic);
}
