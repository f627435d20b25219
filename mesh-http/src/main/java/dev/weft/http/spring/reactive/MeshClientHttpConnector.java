package dev.weft.http.spring.reactive;

import dev.weft.Mesh;
import dev.weft.http.call.LateOutbound;
import dev.weft.http.call.Outbound;
import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Sends requests to hosts of the mesh over the mesh, and all others through the connector that was there. Each subscription is a
 * call of its own; cancelling it ends the attempt. Safe for use from any thread.
 */
public final class MeshClientHttpConnector implements ClientHttpConnector {
    private final Supplier<@Nullable Mesh> mesh;
    private final LateOutbound late;
    private final ClientHttpConnector outside;
    private final boolean onReactorNetty;

    // What the last call found; written by whoever finds another client.
    private volatile @Nullable OnReactorNetty reactorNetty;

    private MeshClientHttpConnector(Supplier<@Nullable Mesh> mesh, ClientHttpConnector outside) {
        this.mesh = mesh;
        late = new LateOutbound(mesh);
        this.outside = outside;
        onReactorNetty = OnReactorNetty.isOne(outside);
    }

    /**
     * A connector on a mesh; the same one if it is on it already.
     *
     * @param mesh asked by each call; gives null where there is none, and the call goes through {@code connector}
     * @param connector for hosts outside of the mesh
     */
    public static MeshClientHttpConnector of(Supplier<@Nullable Mesh> mesh, ClientHttpConnector connector) {
        if (connector instanceof MeshClientHttpConnector meshed) {
            return meshed.mesh.equals(mesh) ? meshed : new MeshClientHttpConnector(mesh, meshed.outside);
        }
        return new MeshClientHttpConnector(mesh, connector);
    }

    @Override
    public Mono<ClientHttpResponse> connect(
            HttpMethod method, URI uri, Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
        return connect(new Hop(method, uri, requestCallback, 0));
    }

    private Mono<ClientHttpResponse> connect(Hop hop) {
        return Mono.deferContextual(context -> {
            Outbound outbound = late.taking(hop.uri());
            if (outbound == null) {
                return outside.connect(hop.method(), hop.uri(), hop.callback());
            }
            ClientHttpConnector library = library();
            if (library != null) {
                return library.connect(hop.method(), hop.uri(), hop.callback());
            }
            OwnSettings own = OwnSettings.of(outside);
            Mono<ClientHttpResponse> answer = Conversation.begin(outbound, outside, own, hop, context);
            return own.redirects() == 0 ? answer : answer.flatMap(response -> followed(hop, response, own));
        });
    }

    private Mono<ClientHttpResponse> followed(Hop from, ClientHttpResponse response, OwnSettings own) {
        Hop next = from.redirected(response, own.redirects());
        if (next == null) {
            return Mono.just(response);
        }
        // Read to its end, so that the connection can be used again.
        return response.getBody().doOnNext(DataBufferUtils::release).then(connect(next));
    }

    /** The application's own connector with the mesh below its library, where that can be done; null: it cannot. */
    private @Nullable ClientHttpConnector library() {
        Mesh now = onReactorNetty ? mesh.get() : null;
        if (now == null) {
            return null;
        }
        OnReactorNetty found = OnReactorNetty.of(reactorNetty, now, outside);
        reactorNetty = found;
        return found == null ? null : found.meshed();
    }
}
