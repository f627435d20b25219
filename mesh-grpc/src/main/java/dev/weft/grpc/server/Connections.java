package dev.weft.grpc.server;

import dev.weft.Mesh;
import dev.weft.engine.Peer;
import dev.weft.grpc.tls.ShownName;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.MeshTrust;
import dev.weft.identity.PeerIdentity;
import dev.weft.identity.SessionPeers;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out once per connection who is at its other end. */
final class Connections extends ServerTransportFilter {
    private static final Logger log = LoggerFactory.getLogger(Connections.class);

    @Grpc.TransportAttr
    private static final Attributes.Key<Peer> PEER = Attributes.Key.create("weft-peer");

    private final X509ExtendedTrustManager trust;

    Connections(Mesh mesh) {
        trust = MeshTrust.forPeers(
                mesh.identity(), AllowedPeers.any(), mesh.world().ticker());
    }

    @Override
    public Attributes transportReady(Attributes attributes) {
        SSLSession session = attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        PeerIdentity caller = session == null ? null : verified(session);
        Peer peer = new Peer(
                caller == null ? PeerIdentity.ANONYMOUS : caller,
                socket(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)),
                socket(attributes.get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR)),
                0,
                caller != null,
                session == null || caller == null ? "" : sni(attributes, session));
        return attributes.toBuilder().set(PEER, peer).build();
    }

    private static String sni(Attributes attributes, SSLSession session) {
        String shown = attributes.get(ShownName.KEY);
        return shown == null ? SessionPeers.sni(session) : shown;
    }

    /** Who sent a call, to which port of the service. */
    static Peer peer(Mesh mesh, Attributes call) {
        Peer peer = call.get(PEER);
        InetSocketAddress local = peer == null ? null : peer.local();
        return peer == null || local == null
                ? peer == null ? Peer.UNKNOWN : peer
                : new Peer(
                        peer.identity(),
                        peer.remote(),
                        local,
                        mesh.servicePort(local.getPort()),
                        peer.encrypted(),
                        peer.sni());
    }

    /**
     * Null if the connection is none of the mesh's TLS. The server may have been given a trust store of its own, or resume sessions; nothing is
     * believed because it did.
     */
    private @Nullable PeerIdentity verified(SSLSession session) {
        try {
            Certificate[] shown = session.getPeerCertificates();
            X509Certificate[] chain = Arrays.copyOf(shown, shown.length, X509Certificate[].class);
            trust.checkClientTrusted(chain, "UNKNOWN");
            return PeerIdentity.of(chain[0]);
        } catch (SSLPeerUnverifiedException e) {
            return null;
        } catch (CertificateException | ArrayStoreException e) {
            log.warn("a client certificate that the server accepted is none of the mesh: {}", e.getMessage());
            return null;
        }
    }

    private static @Nullable InetSocketAddress socket(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress socket ? socket : null;
    }
}
