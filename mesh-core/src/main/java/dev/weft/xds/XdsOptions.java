package dev.weft.xds;

/**
 * How the protocol is spoken.
 *
 * @param stateOfTheWorld the older variant, which resends everything on each change; else delta
 * @param keepLastGoodOnEmpty a push that would take away all listeners, all clusters or the whole index is not followed
 * @param plaintext servers that are not loopback may be spoken to without TLS
 */
public record XdsOptions(boolean stateOfTheWorld, boolean keepLastGoodOnEmpty, boolean plaintext) {
    /** Delta; what the control plane takes away is gone; plaintext on loopback only. */
    public static final XdsOptions DEFAULT = new XdsOptions(false, false, false);

    /** The same with {@link #stateOfTheWorld}. */
    public XdsOptions withStateOfTheWorld() {
        return new XdsOptions(true, keepLastGoodOnEmpty, plaintext);
    }

    /** The same with {@link #keepLastGoodOnEmpty}. */
    public XdsOptions withLastGoodOnEmpty() {
        return new XdsOptions(stateOfTheWorld, true, plaintext);
    }

    /** The same with {@link #plaintext}. */
    public XdsOptions withPlaintext() {
        return new XdsOptions(stateOfTheWorld, keepLastGoodOnEmpty, true);
    }
}
