package dev.weft.http.guard;

import dev.weft.identity.PeerIdentity;

/** A request as a guard shows it to the application. */
public interface Guarded {

    /** Who sent it, as far as that was proved. */
    PeerIdentity caller();
}
