package dev.weft.http.spring;

import dev.weft.Mesh;
import dev.weft.http.call.Outbound;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Makes requests that the mesh carries where their host is one of its services, and leaves every other request to the user's
 * factory. Which mesh is asked anew for each request, so that a client may be built before its mesh. Safe for use from any thread.
 *
 * <p>A request's attributes may hold {@link dev.weft.request.Hints} and {@link dev.weft.engine.CallDefaults} under their keys;
 * without hints there, those of the calling thread count.
 */
public final class MeshClientHttpRequestFactory implements ClientHttpRequestFactory {
    private final Supplier<@Nullable Mesh> mesh;
    private final OutsideFactory outside;

    /** Around what the user's factory wraps in turn, if it does. */
    private final @Nullable MeshClientHttpRequestFactory inner;

    // Written by whoever makes a request first, and again when the supplier names another mesh.
    private volatile @Nullable Known known;

    private record Known(Mesh mesh, Outbound outbound) {}

    private MeshClientHttpRequestFactory(Supplier<@Nullable Mesh> mesh, OutsideFactory outside) {
        this.mesh = mesh;
        this.outside = outside;
        inner = outside.factory() instanceof AbstractClientHttpRequestFactoryWrapper layer
                ? of(mesh, layer.getDelegate(), outside.readTimeout())
                : null;
    }

    /**
     * A factory around the user's; around what that one wraps if it is on a mesh already.
     *
     * @param mesh asked for each request; null: there is no mesh, and the user's factory makes the request
     * @param outside makes the requests to all other hosts
     */
    public static MeshClientHttpRequestFactory of(Supplier<@Nullable Mesh> mesh, ClientHttpRequestFactory outside) {
        return of(mesh, outside, null);
    }

    /**
     * The same for a factory whose read timeout is known from elsewhere.
     *
     * @param readTimeout with which the factory was built; null: what it says itself, if it is one of Spring's
     */
    public static MeshClientHttpRequestFactory of(
            Supplier<@Nullable Mesh> mesh, ClientHttpRequestFactory outside, @Nullable Duration readTimeout) {
        if (outside instanceof MeshClientHttpRequestFactory meshed) {
            return meshed.mesh.equals(mesh) ? meshed : new MeshClientHttpRequestFactory(mesh, meshed.outside);
        }
        return new MeshClientHttpRequestFactory(mesh, OutsideFactory.of(outside, readTimeout));
    }

    /** The user's factory. */
    ClientHttpRequestFactory outside() {
        return outside.factory();
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
        Outbound outbound = outbound();
        if (outbound == null || !outbound.takes(uri)) {
            return outside.factory().createRequest(uri, method);
        }
        if (inner != null) {
            return Layers.createRequest(outside.factory(), uri, method, inner);
        }
        return new MeshClientHttpRequest(outbound, outside, uri, method);
    }

    private @Nullable Outbound outbound() {
        Mesh now = mesh.get();
        if (now == null) {
            return null;
        }
        Known last = known;
        if (last == null || last.mesh != now) {
            last = new Known(now, Outbound.of(now));
            known = last;
        }
        return last.outbound;
    }

    @Override
    public String toString() {
        return "mesh, else " + outside.factory();
    }
}
