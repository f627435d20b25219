package dev.weft;

import dev.weft.identity.Identity;
import dev.weft.runtime.Ticker;

/** How it stands with our identity now. Safe for use from any thread. */
record IdentityStatus(IdentitySupply supply, Ticker ticker) {

    /** Nothing is missing: there is one, in its time, or none is expected. */
    boolean complete() {
        // Not a number is above nothing.
        return !supply.expected() || secondsLeft() > 0;
    }

    /** Until the certificate ends, below zero after that; NaN without one. */
    double secondsLeft() {
        Identity identity = supply.source().current();
        return identity == null ? Double.NaN : (identity.svid().expiry().toEpochMilli() - ticker.epochMillis()) / 1e3;
    }

    /** Why there is none in force, for people. */
    String missing() {
        String why = supply.source().trouble();
        Identity identity = supply.source().current();
        if (identity == null) {
            return why.isEmpty() ? "none yet" : why;
        }
        return identity.svid() + " is over" + (why.isEmpty() ? "" : ", " + why);
    }
}
