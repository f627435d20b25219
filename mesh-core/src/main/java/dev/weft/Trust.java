package dev.weft;

/** How a mesh gets its first credential. */
public sealed interface Trust {

    /** No credential and no identity: plaintext to the control plane, wherever it is. Calls to hosts that demand TLS are refused. */
    static Trust none() {
        return None.NONE;
    }

    /** See {@link #none()}. */
    enum None implements Trust {
        NONE
    }
}
