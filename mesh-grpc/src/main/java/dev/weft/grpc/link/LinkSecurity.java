package dev.weft.grpc.link;

import dev.weft.Mesh;
import dev.weft.config.UpstreamTls;
import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;

/**
 * How a connection to a host of the mesh is encrypted. It rides on the attributes of the host's address, where the transport's negotiator
 * finds it; an address of a host outside of the mesh has none.
 *
 * @param mesh whose identity is shown
 * @param tls from the host's cluster
 * @param serverName shown (SNI) and, where the setting says so, checked
 * @param epoch number of the certificates in force when the connection was wanted
 */
public record LinkSecurity(Mesh mesh, UpstreamTls tls, String serverName, long epoch) {
    /** Absent: a host outside of the mesh, encrypted as the user's builder says. */
    @EquivalentAddressGroup.Attr
    public static final Attributes.Key<Link> KEY = Attributes.Key.create("weft-link");

    /**
     * Marks an address of the mesh.
     *
     * @param security null: plaintext
     */
    public record Link(@org.jspecify.annotations.Nullable LinkSecurity security) {}
}
