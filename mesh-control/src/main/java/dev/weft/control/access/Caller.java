package dev.weft.control.access;

import dev.weft.identity.SpiffeId;
import io.grpc.Context;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and how that is known.
 *
 * @param identity proved by the credential
 * @param method {@code join-token}, {@code local-token}, {@code certificate} or {@code jwt}, for the audit log
 * @param expiresMillis when the credential ends, milliseconds since the epoch
 * @param redemption to be run before anything is granted
 */
public record Caller(SpiffeId identity, String method, long expiresMillis, Redemption redemption) {
    /** Who opened the current call; see {@link CallerGate}. */
    static final Context.Key<Caller> CURRENT = Context.key("weft-caller");

    /** A caller whose credential may be shown again. */
    static Caller of(SpiffeId identity, String method, long expiresMillis) {
        return new Caller(identity, method, expiresMillis, () -> {});
    }

    /** Of the call that is being opened on this thread; null if it came over a port that asks for no credential. */
    public static @Nullable Caller current() {
        return CURRENT.get();
    }

    /** Uses a credential up. */
    @FunctionalInterface
    public interface Redemption {
        /** Refuses if somebody else was faster. */
        void redeem() throws RefusedException, IOException;
    }
}
