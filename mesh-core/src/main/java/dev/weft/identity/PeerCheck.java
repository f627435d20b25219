package dev.weft.identity;

import dev.weft.identity.LeafUse.Side;
import dev.weft.identity.PeerRefusedException.Check;
import dev.weft.runtime.Ticker;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All that is asked of a peer, cheapest first, by the identity that is current at this moment. */
record PeerCheck(IdentitySource source, AllowedPeers allowed, Ticker ticker) {

    SpiffeId check(X509Certificate @Nullable [] shown, Side side) throws PeerRefusedException {
        long now = ticker.epochMillis();
        Identity own = own(now);
        if (shown == null || shown.length == 0 || shown.length > Svid.MAX_CHAIN) {
            throw new PeerRefusedException(
                    Check.LENGTH,
                    "the peer showed " + (shown == null ? 0 : shown.length) + " certificates",
                    "1 to " + Svid.MAX_CHAIN,
                    "give the peer an identity of this mesh");
        }
        List<X509Certificate> chain = Arrays.asList(shown);
        SpiffeId peer = LeafNames.identity(chain.get(0));
        List<X509Certificate> roots = own.bundle().roots(peer.trustDomain());
        if (roots.isEmpty()) {
            throw new PeerRefusedException(
                    Check.TRUST_DOMAIN,
                    "the peer is " + peer + ", and no root is known for trust domain " + peer.trustDomain(),
                    "one of the trust domains " + new TreeSet<>(own.bundle().trustDomains()),
                    "call the right host, or add that trust domain's roots to the bundle");
        }
        Validity.check(chain, peer, now);
        LeafUse.check(chain.get(0), peer, side);
        ChainOfTrust.check(chain, peer, roots, now);
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
