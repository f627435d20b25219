package dev.weft.ca;

/** Why there is no certificate. The message is for people and holds no secret. */
final class AuthorityException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What can be done about it. */
    enum Kind {
        /** The credential cannot be read, or the authority does not take it: somebody has to give us another. */
        REFUSED,
        /** What listens there is not our control plane by our roots, or does not believe our certificate in the handshake. */
        UNTRUSTED,
        /** Nobody answers, or not now. */
        UNAVAILABLE,
        /** What came cannot be used. */
        BAD_ANSWER
    }

    private final Kind kind;

    AuthorityException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
