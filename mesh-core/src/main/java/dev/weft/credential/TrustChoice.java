package dev.weft.credential;

import dev.weft.identity.Subject;
import org.jspecify.annotations.Nullable;

/** How a mesh comes by its identity. */
public sealed interface TrustChoice {

    /** Who the workload is by this choice; null: it does not say. */
    @Nullable
    Subject subject();

    /**
     * No identity: plaintext.
     *
     * @param said on demand; else it is what is left when nothing was found
     * @param why nothing was found, for people; empty if nothing was looked for
     */
    record Plaintext(boolean said, String why) implements TrustChoice {
        @Override
        public @Nullable Subject subject() {
            return null;
        }
    }

    /** A certificate authority certifies us. */
    record Certified(Credential credential) implements TrustChoice {
        @Override
        public Subject subject() {
            return credential.subject();
        }
    }

    /** Somebody keeps files. */
    record Files(CertificateFiles files, @Nullable Subject subject) implements TrustChoice {}

    /** The application looks after it. */
    record Given(@Nullable Subject subject) implements TrustChoice {}
}
