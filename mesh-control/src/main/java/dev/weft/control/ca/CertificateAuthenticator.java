package dev.weft.control.ca;

import dev.weft.control.ca.RefusedException.Reason;
import dev.weft.identity.PeerChains;
import dev.weft.identity.PeerRefusedException;
import dev.weft.runtime.Ticker;
import org.jspecify.annotations.Nullable;

/** Renewal: authenticates by the certificate that the caller has now. Judged anew at each call, for a connection outlives it. */
public final class CertificateAuthenticator implements CallerAuthenticator {
    private final CertificateAuthority authority;
    private final Ticker ticker;

    public CertificateAuthenticator(CertificateAuthority authority, Ticker ticker) {
        this.authority = authority;
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
            return new Caller(
                    PeerChains.client(credentials.certificates(), authority.bundle(), ticker.epochMillis()),
                    "certificate",
                    Caller.Redemption.NONE);
        } catch (PeerRefusedException e) {
            throw new RefusedException(Reason.UNAUTHENTICATED, String.valueOf(e.getMessage()));
        }
    }
}
