package dev.weft;

import dev.weft.identity.IdentitySource;
import dev.weft.identity.SpiffeId;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Who this process is in the mesh, now: the certificate changes about every half hour, without anything that uses it being rebuilt.
 * All methods may be called from any thread.
 */
public interface MeshIdentity extends IdentitySource {

    /** The SPIFFE identity; empty as long as there is none. */
    Optional<SpiffeId> id();

    /** When the current certificate is over; empty as long as there is none. */
    Optional<Instant> expires();

    /**
     * For servers of any kind: presents the current certificate and demands one of the mesh's from clients. Reads the identity at
     * each handshake, so it is made once.
     */
    SSLContext sslContext();
}
