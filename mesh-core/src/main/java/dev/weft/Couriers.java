package dev.weft;

import dev.weft.authz.external.Courier;
import java.util.ServiceLoader;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The courier of one mesh, looked for when it is first needed: most meshes need none. Thread-safe. */
final class Couriers implements Courier {
    private final Mesh mesh;

    // Written once, by whoever sends first.
    private @Nullable Courier found;

    Couriers(Mesh mesh) {
        this.mesh = mesh;
    }

    @Override
    public CompletionStage<Answer> send(Parcel parcel) {
        return courier().send(parcel);
    }

    private synchronized Courier courier() {
        Courier known = found;
        if (known == null) {
            // Weft's own loader: this may run on any thread, whose context class loader may be anybody's.
            known = ServiceLoader.load(CourierProvider.class, Couriers.class.getClassLoader())
                    .findFirst()
                    .map(provider -> provider.courier(mesh))
                    .orElse(NONE);
            found = known;
        }
        return known;
    }
}
