package dev.weft.http.spring;

import dev.weft.Mesh;
import dev.weft.MeshException;
import dev.weft.http.call.Outbound;
import dev.weft.http.call.Uris;
import java.io.IOException;
import java.net.URI;
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
    private final ClientHttpRequestFactory outside;
    private final KnownSettings known;

    /** Around what the user's factory wraps in turn, if it does. */
    private final @Nullable MeshClientHttpRequestFactory inner;

    // Written by whoever makes a request first, and again when the supplier names another mesh.
    private volatile @Nullable Prepared prepared;

    private record Prepared(Mesh mesh, Outbound outbound, FactorySettings settings) {}

    private MeshClientHttpRequestFactory(
            Supplier<@Nullable Mesh> mesh, ClientHttpRequestFactory outside, KnownSettings known) {
        this.mesh = mesh;
        this.outside = outside;
        this.known = known;
        inner = outside instanceof AbstractClientHttpRequestFactoryWrapper layer
                ? of(mesh, layer.getDelegate(), known)
                : null;
    }

    /**
     * A factory around the user's; around what that one wraps if it is on a mesh already.
     *
     * @param mesh asked for each request; null: there is no mesh, and the user's factory makes the request
     * @param outside makes the requests to all other hosts
     */
    public static MeshClientHttpRequestFactory of(Supplier<@Nullable Mesh> mesh, ClientHttpRequestFactory outside) {
        return of(mesh, outside, KnownSettings.NONE);
    }

    static MeshClientHttpRequestFactory of(
            Supplier<@Nullable Mesh> mesh, ClientHttpRequestFactory outside, KnownSettings known) {
        if (outside instanceof MeshClientHttpRequestFactory meshed) {
            return meshed.mesh.equals(mesh)
                    ? meshed
                    : new MeshClientHttpRequestFactory(mesh, meshed.outside, meshed.known);
        }
        return new MeshClientHttpRequestFactory(mesh, outside, known);
    }

    /** The user's factory. */
    ClientHttpRequestFactory outside() {
        return outside;
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
        return createRequest(uri, method, 0);
    }

    /** @param followed how many redirects have led here */
    ClientHttpRequest createRequest(URI uri, HttpMethod method, int followed) throws IOException {
        Mesh now = mesh.get();
        String authority = Uris.authority(uri);
        // The engine and not yet the transport, which a closed mesh no longer has: other hosts are none of its
        // business.
        if (now == null || authority.isEmpty() || !now.outbound().takes(authority, Uris.scheme(uri))) {
            return outside.createRequest(uri, method);
        }
        if (inner != null) {
            return Layers.createRequest(outside, uri, method, inner);
        }
        Prepared on = prepare(now);
        return new MeshClientHttpRequest(this, on.outbound, on.settings, uri, method, followed);
    }

    private Prepared prepare(Mesh now) throws IOException {
        Prepared last = prepared;
        if (last == null || last.mesh != now) {
            try {
                last = new Prepared(now, Outbound.of(now), FactorySettings.of(outside, known));
            } catch (MeshException.Closed e) {
                throw new IOException(e.getMessage(), e);
            }
            prepared = last;
        }
        return last;
    }

    @Override
    public String toString() {
        return "mesh, else " + outside;
    }
}
