package dev.weft.engine;

import dev.weft.identity.PeerIdentity;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from, and where it came in.
 *
 * @param identity what the TLS handshake proved; {@link PeerIdentity#ANONYMOUS} in plaintext
 * @param remote the other end of the connection, or null if unknown
 * @param local this end of the connection, or null if unknown
 * @param servicePort port under which callers know the service; policy is written for it
 * @param encrypted whether the connection is TLS
 * @param sni server name that the caller asked for in the handshake, or empty
 */
public record Peer(
        PeerIdentity identity,
        @Nullable InetSocketAddress remote,
        @Nullable InetSocketAddress local,
        int servicePort,
        boolean encrypted,
        String sni) {

    /** Nothing is known, nothing proved. */
    public static final Peer UNKNOWN = new Peer(PeerIdentity.ANONYMOUS, null, null, 0, false, "");

    /** The same, for a caller of whom more has been proved. */
    public Peer with(PeerIdentity proved) {
        return new Peer(proved, remote, local, servicePort, encrypted, sni);
    }
}
