package dev.weft.spring.server.bundle;

import dev.weft.Mesh;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.MeshKeys;
import dev.weft.identity.MeshTrust;
import java.util.function.Supplier;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslStoreBundle;

/** The identity of the moment, which nobody needs to reload. */
final class MeshSslBundle {
    private MeshSslBundle() {}

    /**
     * With managers, and without stores: who takes those keeps a copy of a key that is replaced every half hour.
     *
     * @param mesh asked for when managers are, or later
     */
    static SslBundle of(Supplier<Mesh> mesh) {
        SslManagerBundle managers = SslManagerBundle.of(
                LiveManagers.keys(() ->
                        MeshKeys.of(mesh.get().identity(), mesh.get().world().ticker())),
                LiveManagers.trust(() -> MeshTrust.forPeers(
                        mesh.get().identity(),
                        AllowedPeers.any(),
                        mesh.get().world().ticker())));
        return SslBundle.of(SslStoreBundle.NONE, null, null, null, managers);
    }
}
