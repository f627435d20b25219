package dev.weft.credential;

/** A credential that cannot be used: what is wrong with it, and what to do. */
public final class CredentialException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    CredentialException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    /** What to do about it, in one line. */
    public String remedy() {
        return remedy;
    }

    /** What is wrong, for people; no secret. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
