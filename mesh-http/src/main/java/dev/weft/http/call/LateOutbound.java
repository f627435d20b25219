package dev.weft.http.call;

import dev.weft.Mesh;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** For clients that may be built before their mesh: which mesh is asked anew for each call. Safe for use from any thread. */
public final class LateOutbound {
    private final Supplier<@Nullable Mesh> mesh;

    // Written by whoever asks first, and again when the supplier names another mesh.
    private volatile @Nullable Known known;

    private record Known(Mesh mesh, Outbound outbound) {}

    /** @param mesh null: there is none, and all calls are the client's own business */
    public LateOutbound(Supplier<@Nullable Mesh> mesh) {
        this.mesh = mesh;
    }

    /** Where a call to this absolute URI is to be begun; null: it is the client's own business. */
    public @Nullable Outbound taking(URI uri) {
        Mesh now = mesh.get();
        // The engine first: a closed mesh has no transport any more, but foreign hosts are none of its business.
        if (now == null || !Outbound.takes(now.outbound(), Uris.authority(uri), Uris.scheme(uri))) {
            return null;
        }
        Known last = known;
        if (last == null || last.mesh != now) {
            last = new Known(now, Outbound.of(now));
            known = last;
        }
        return last.outbound;
    }

    /** Whether both ask the same supplier. */
    public boolean isOf(Supplier<@Nullable Mesh> other) {
        return mesh.equals(other);
    }
}
