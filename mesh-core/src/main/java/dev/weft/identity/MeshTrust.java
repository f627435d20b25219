package dev.weft.identity;

import dev.weft.identity.LeafUse.Side;
import dev.weft.runtime.Ticker;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Judges peers by the identity that is current at each handshake; for JSSE and for Netty with either of its TLS providers.
 * Failures are {@link PeerRefusedException}s, which a transport shows as the cause of its handshake failure. Host names are
 * not compared, whatever endpoint identification the engine asks for: the SPIFFE identity takes their place.
 *
 * <p>A resumed session asks no trust manager. Contexts of {@link MeshTls} resume none; a context built otherwise must have its
 * session cache and tickets switched off.
 */
public final class MeshTrust extends X509ExtendedTrustManager {
    private static final X509Certificate[] NONE = {};

    private final PeerCheck peers;

    private MeshTrust(PeerCheck peers) {
        this.peers = peers;
    }

    /** Accepts these peers, by the machine's clock. */
    public static X509ExtendedTrustManager forPeers(IdentitySource source, AllowedPeers allowed) {
        return forPeers(source, allowed, Ticker.system());
    }

    /** Accepts exactly these SPIFFE identities, of which there must be one; by the machine's clock. */
    public static X509ExtendedTrustManager forPeers(IdentitySource source, Collection<String> allowed) {
        return forPeers(source, AllowedPeers.of(allowed));
    }

    /** Accepts the identities for which the predicate is true; by the machine's clock. */
    public static X509ExtendedTrustManager forPeers(IdentitySource source, Predicate<SpiffeId> allowed) {
        return forPeers(source, AllowedPeers.matching(allowed, "an identity that this process accepts"));
    }

    /** Accepts these peers, by this clock. */
    public static X509ExtendedTrustManager forPeers(IdentitySource source, AllowedPeers allowed, Ticker ticker) {
        return new MeshTrust(new PeerCheck(source, allowed, ticker));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws PeerRefusedException {
        peers.check(chain, Side.CLIENT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws PeerRefusedException {
        peers.check(chain, Side.SERVER);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws PeerRefusedException {
        peers.check(chain, Side.CLIENT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws PeerRefusedException {
        peers.check(chain, Side.SERVER);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws PeerRefusedException {
        peers.check(chain, Side.CLIENT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws PeerRefusedException {
        peers.check(chain, Side.SERVER);
    }

    /**
     * None: a server would tell clients to choose by these, and some transports ask once and for ever, so that a rotated
     * root would never be named.
     */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return NONE.clone();
    }
}
