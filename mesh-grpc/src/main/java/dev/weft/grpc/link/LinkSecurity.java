package dev.weft.grpc.link;

import dev.weft.Mesh;
import dev.weft.config.UpstreamTls;
import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import org.jspecify.annotations.Nullable;

/**
 * How a connection to a host of the mesh is encrypted. It rides on the attributes of the host's address, where the transport's negotiator
 * finds it; an address of a host outside of the mesh has none, and is encrypted as the user's builder says.
 *
 * @param mesh whose identity is shown
 * @param tls from the host's cluster; null: plaintext
 * @param serverName shown (SNI) and, where the setting says so, checked; empty in plaintext
 * @param epoch number of the certificates in force when the connection was wanted, by {@link LinkTls#epoch}
 */
public record LinkSecurity(Mesh mesh, @Nullable UpstreamTls tls, String serverName, long epoch) {
    @EquivalentAddressGroup.Attr
    public static final Attributes.Key<LinkSecurity> KEY = Attributes.Key.create("weft-link");
}
