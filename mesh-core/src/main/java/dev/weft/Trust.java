package dev.weft;

import dev.weft.identity.IdentitySource;

/** How a mesh gets its first credential. */
public sealed interface Trust {

    /** No credential and no identity: plaintext to the control plane, wherever it is. Calls to hosts that demand TLS are refused. */
    static Trust none() {
        return None.NONE;
    }

    /**
     * An identity that the application looks after itself: from SPIRE, from a test. It is used for calls and servers; the stream to
     * the control plane is opened when it is there.
     */
    static Trust of(IdentitySource source) {
        return new Given(source);
    }

    /** See {@link #of}. */
    record Given(IdentitySource source) implements Trust {}

    /** See {@link #none()}. */
    enum None implements Trust {
        NONE
    }
}
