package dev.weft.spring.server.bundle;

import dev.weft.Mesh;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.MeshKeys;
import dev.weft.identity.MeshTrust;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;

/**
 * The identity of the moment. Whoever takes managers or a context of them needs no reload. Whoever takes stores gets copies; from then on
 * each new identity updates the bundle, and who can reload does.
 */
final class MeshSslBundle implements SslBundle {
    private final Supplier<Mesh> mesh;
    private final SslBundleRegistry registry;
    private final AtomicBoolean copied = new AtomicBoolean();
    private final SslManagerBundle managers;

    MeshSslBundle(Supplier<Mesh> mesh, SslBundleRegistry registry) {
        this.mesh = mesh;
        this.registry = registry;
        KeyManagerFactory keys = LiveManagers.keys(
                () -> MeshKeys.of(mesh.get().identity(), mesh.get().world().ticker()));
        TrustManagerFactory trust = LiveManagers.trust(() -> MeshTrust.forPeers(
                mesh.get().identity(), AllowedPeers.any(), mesh.get().world().ticker()));
        managers = SslManagerBundle.of(keys, trust);
    }

    @Override
    public SslStoreBundle getStores() {
        SslStoreBundle stores = CopiedStores.of(mesh.get().identity().current());
        if (copied.compareAndSet(false, true)) {
            mesh.get()
                    .identity()
                    .onChange(identity -> registry.updateBundle(MeshSslBundleAutoConfiguration.NAME, this));
        }
        return stores;
    }

    @Override
    public SslBundleKey getKey() {
        return SslBundleKey.of(null, CopiedStores.ALIAS);
    }

    @Override
    public SslOptions getOptions() {
        return SslOptions.NONE;
    }

    @Override
    public String getProtocol() {
        return DEFAULT_PROTOCOL;
    }

    @Override
    public SslManagerBundle getManagers() {
        return managers;
    }

    @Override
    public String toString() {
        return "SSL bundle of the mesh's identity";
    }
}
