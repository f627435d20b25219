package dev.weft.control.ca;

import dev.weft.identity.SpiffeId;
import java.io.IOException;

/**
 * Who asks, and how that is known.
 *
 * @param identity proved by the credential
 * @param method {@code join-token}, {@code certificate} or {@code jwt}, for the audit log
 * @param redemption to be run before anything is granted
 */
public record Caller(SpiffeId identity, String method, Redemption redemption) {

    /** Uses a credential up. */
    @FunctionalInterface
    public interface Redemption {
        /** For credentials that may be shown again. */
        Redemption NONE = () -> {};

        /** Refuses if somebody else was faster. */
        void redeem() throws RefusedException, IOException;
    }
}
