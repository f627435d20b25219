package dev.weft.control.ca;

import dev.weft.control.ca.RefusedException.Reason;
import dev.weft.runtime.Ticker;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** Renewal: authenticates by the certificate that the caller has now. Judged anew at each call, for a connection outlives it. */
public final class CertificateAuthenticator implements CallerAuthenticator {
    private final PeerChains chains;
    private final Ticker ticker;

    public CertificateAuthenticator(CertificateAuthority authority, Ticker ticker) {
        this.chains = new PeerChains(authority, ticker);
        this.ticker = ticker;
    }

    @Override
    public @Nullable Caller authenticate(Credentials credentials) throws RefusedException {
        if (credentials.certificates().isEmpty()) {
            return null;
        }
        long expires = credentials.certificates().get(0).getNotAfter().getTime();
        if (ticker.epochMillis() > expires) {
            throw new RefusedException(
                    Reason.EXPIRED, "the client certificate has expired; a join token or JWT is needed again");
        }
        try {
            return new Caller(chains.identity(credentials.certificates()), "certificate", Caller.Redemption.NONE);
        } catch (CertificateException e) {
            throw new RefusedException(Reason.UNAUTHENTICATED, String.valueOf(e.getMessage()));
        }
    }
}
