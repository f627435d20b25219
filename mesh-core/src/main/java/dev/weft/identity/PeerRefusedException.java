package dev.weft.identity;

import java.security.cert.CertificateException;

/** A handshake that was refused: which check failed, what was seen, what was expected, what to do. */
public final class PeerRefusedException extends CertificateException {
    private static final long serialVersionUID = 1L;

    /** What is checked of a peer, in this order. */
    public enum Check {
        /** Is there an own identity, still valid, with roots to judge by. */
        OWN_IDENTITY,
        /** Are there 1 to 10 certificates. */
        LENGTH,
        /** Does the leaf name exactly one URI, a SPIFFE identity, without control characters anywhere. */
        NAMES,
        /** Is it in a trust domain with known roots. */
        TRUST_DOMAIN,
        /** Is each certificate valid now. */
        TIMES,
        /** Is the leaf no CA. */
        BASIC_CONSTRAINTS,
        /** Is the leaf made for signing handshakes, and for nothing that a CA does. */
        KEY_USAGE,
        /** Is the leaf made for the side of TLS on which it was shown. */
        EXTENDED_KEY_USAGE,
        /** Do the signatures and constraints hold up to a root of the peer's own trust domain. */
        CHAIN,
        /** Is it one of those that are allowed here. */
        ALLOWED
    }

    private final Check check;

    PeerRefusedException(Check check, String seen, String expected, String todo) {
        super("peer refused, " + check + ": " + seen + "; expected " + expected + "; " + todo);
        this.check = check;
    }

    @Override
    public PeerRefusedException initCause(Throwable cause) {
        super.initCause(cause);
        return this;
    }

    /** Which check failed. */
    public Check check() {
        return check;
    }
}
