package dev.weft.control.access;

/** A request that is not granted; its message may be shown to the caller. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why, in the words of the audit log. */
    public enum Reason {
        /** no credential, or one that proves nothing */
        UNAUTHENTICATED,
        /** a credential of one identity, and a wish for another */
        FOREIGN_IDENTITY,
        /** a join token that was redeemed before */
        REPLAYED,
        /** a credential whose time is over */
        EXPIRED,
        /** a signing request that cannot be read, is not signed by its key, or has a weak one */
        BAD_REQUEST,
        /** too many requests of this identity or address */
        RATE_LIMITED,
        /** the authority itself cannot answer now */
        UNAVAILABLE
    }

    private final Reason reason;

    public RefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
