package dev.weft.loadbalance;

import dev.weft.upstream.Host;

/** Chooses among hosts that were fixed when it was built; there is at least one. Safe for use from any thread. */
interface Picker {

    /**
     * One of the hosts.
     *
     * @param hash of the request; ignored by policies that do not hash
     * @param reselection 0 for the first pick, then 1, 2, ... when the one before was not wanted
     */
    Host pick(long hash, int reselection);
}
