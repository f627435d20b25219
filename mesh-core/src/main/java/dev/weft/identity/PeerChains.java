package dev.weft.identity;

import dev.weft.identity.LeafUse.Side;
import dev.weft.identity.PeerRefusedException.Check;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.TreeSet;

/**
 * Whose certificates these are: all that can be asked of a chain without asking who may come. The one such check in Weft; a
 * handshake, a call over a connection that outlived its handshake, and a CA that renews ask it alike.
 */
public final class PeerChains {
    private PeerChains() {}

    /**
     * The identity of a client.
     *
     * @param chain leaf first
     * @param bundle the roots of each trust domain
     * @param nowMillis milliseconds since the epoch
     * @throws PeerRefusedException naming the check, what was seen and what was expected
     */
    public static SpiffeId client(List<X509Certificate> chain, TrustBundle bundle, long nowMillis)
            throws PeerRefusedException {
        return identity(chain, bundle, nowMillis, Side.CLIENT);
    }

    static SpiffeId identity(List<X509Certificate> chain, TrustBundle bundle, long nowMillis, Side side)
            throws PeerRefusedException {
        if (chain.isEmpty() || chain.size() > Svid.MAX_CHAIN) {
            throw new PeerRefusedException(
                    Check.LENGTH,
                    "the peer showed " + chain.size() + " certificates",
                    "1 to " + Svid.MAX_CHAIN,
                    "give the peer an identity of this mesh");
        }
        SpiffeId peer = LeafNames.identity(chain.get(0));
        List<X509Certificate> roots = bundle.roots(peer.trustDomain());
        if (roots.isEmpty()) {
            throw new PeerRefusedException(
                    Check.TRUST_DOMAIN,
                    "the peer is " + peer + ", and no root is known for trust domain " + peer.trustDomain(),
                    "one of the trust domains " + new TreeSet<>(bundle.trustDomains()),
                    "call the right host, or add that trust domain's roots to the bundle");
        }
        Validity.check(chain, peer.toString(), nowMillis);
        LeafUse.check(chain.get(0), peer, side);
        ChainOfTrust.check(chain, peer.toString(), peer.trustDomain(), roots, nowMillis);
        return peer;
    }
}
