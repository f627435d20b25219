package dev.weft.control.access;

import dev.weft.control.access.RefusedException.Reason;
import dev.weft.identity.PeerChains;
import dev.weft.identity.PeerRefusedException;
import dev.weft.identity.TrustBundle;
import dev.weft.runtime.Ticker;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Authenticates by the certificate that the caller has now. Judged anew at each call, for a connection outlives it. */
public final class CertificateAuthenticator implements CallerAuthenticator {
    private final Supplier<TrustBundle> bundle;
    private final Ticker ticker;

    /**
     * Believes certificates under these roots.
     *
     * @param bundle of the moment; asked at each call
     */
    public CertificateAuthenticator(Supplier<TrustBundle> bundle, Ticker ticker) {
        this.bundle = bundle;
        this.ticker = ticker;
    }

    @Override
    public @Nullable Caller authenticate(Credentials credentials) throws RefusedException {
        if (credentials.certificates().isEmpty()) {
            return null;
        }
        long ends = credentials.certificates().stream()
                .map(X509Certificate::getNotAfter)
                .mapToLong(java.util.Date::getTime)
                .min()
                .orElseThrow();
        if (ticker.epochMillis() > ends) {
            throw new RefusedException(
                    Reason.EXPIRED, "the client certificate has expired; a join token or JWT is needed again");
        }
        try {
            return Caller.of(
                    PeerChains.client(credentials.certificates(), bundle.get(), ticker.epochMillis()),
                    "certificate",
                    ends);
        } catch (PeerRefusedException e) {
            throw new RefusedException(Reason.UNAUTHENTICATED, String.valueOf(e.getMessage()));
        }
    }
}
