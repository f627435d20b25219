package dev.weft.identity;

import dev.weft.identity.LeafUse.Side;
import dev.weft.identity.PeerRefusedException.Check;
import dev.weft.runtime.Ticker;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is asked of a peer in a handshake, cheapest first, by the identity that is current at this moment. */
record PeerCheck(IdentitySource source, AllowedPeers allowed, Ticker ticker) {

    SpiffeId check(X509Certificate @Nullable [] shown, Side side) throws PeerRefusedException {
        long now = ticker.epochMillis();
        Identity own = own(now);
        SpiffeId peer = PeerChains.identity(shown == null ? List.of() : List.of(shown), own.bundle(), now, side);
        if (!allowed.allows(peer)) {
            throw new PeerRefusedException(
                    Check.ALLOWED,
                    "the peer is " + peer,
                    allowed.toString(),
                    "see which workload listens at that address, and which identities the configuration names for it");
        }
        return peer;
    }

    private Identity own(long now) throws PeerRefusedException {
        Identity own = source.current();
        String problem = OwnIdentity.problem(own, now);
        if (own == null || problem != null) {
            throw new PeerRefusedException(
                    Check.OWN_IDENTITY,
                    String.valueOf(problem),
                    "an own certificate that is valid now",
                    OwnIdentity.TODO);
        }
        return own;
    }
}
