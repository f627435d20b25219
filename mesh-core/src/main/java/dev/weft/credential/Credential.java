package dev.weft.credential;

import dev.weft.identity.Subject;

/** A first proof of who this workload is. {@code toString} says what it is and where, and no secret. */
public sealed interface Credential permits JoinTokenFile, JwtFile, LocalTokenFile {

    /** Whom it is for. */
    Subject subject();

    /**
     * Reads it anew.
     *
     * @throws CredentialException if it cannot be used now, or is for somebody else now
     */
    Presented present() throws CredentialException;

    /** Whether the authority takes it again; a token that is good once is of no use for a renewal. */
    boolean reusable();

    /** What an operator does when the authority refuses it. */
    String remedy();
}
