package dev.weft.ca;

import dev.weft.credential.Credential;
import dev.weft.credential.CredentialException;
import dev.weft.credential.Presented;
import org.jspecify.annotations.Nullable;

/**
 * What is shown to the authority next: the certificate that is in force, or the credential. The certificate comes first wherever there
 * is one; the credential is for the beginning, for an authority that does not take the certificate, and for after the end. Not
 * thread-safe.
 */
final class Proof {
    private final Credential credential;

    /** What was presented and is of no use again: a token that is good once, granted or refused. */
    private @Nullable String spent;

    private boolean byCredential = true;

    Proof(Credential credential) {
        this.credential = credential;
    }

    /** An earlier process left a certificate; of a token that is good once it is better not to make use. */
    void restored() {
        byCredential = credential.reusable();
    }

    /** The credential may do better than the certificate. */
    void doubted() {
        byCredential = true;
    }

    /**
     * What goes along with the next request; null: the certificate.
     *
     * @param valid there is one in its time
     */
    @Nullable
    Presented next(boolean valid) throws CredentialException {
        return valid && !(byCredential && (credential.reusable() || isReplaced())) ? null : credential.present();
    }

    void granted(@Nullable Presented shown) {
        spent = shown == null ? spent : shown.bearer();
        byCredential = false;
    }

    void failed(@Nullable Presented shown, AuthorityException.Kind kind, boolean valid) {
        // Whoever does not take our certificate, or is not who our roots vouch for, may take the credential.
        byCredential = kind != AuthorityException.Kind.UNAVAILABLE || byCredential && !valid;
        if (kind == AuthorityException.Kind.REFUSED && shown != null) {
            spent = shown.bearer();
        }
    }

    /** The credential is another than the one that is of no use. */
    boolean isReplaced() {
        try {
            return !credential.present().bearer().equals(spent);
        } catch (CredentialException e) {
            return false;
        }
    }
}
