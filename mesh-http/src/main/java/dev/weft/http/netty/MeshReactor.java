package dev.weft.http.netty;

import dev.weft.engine.InboundExchange;
import dev.weft.identity.PeerIdentity;
import dev.weft.request.Inbound;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * What a handler on Reactor Netty asks of the mesh. The handler function itself runs in the request's scope; what it composes may run on
 * other threads, and asks here, or carries {@link #inbound} along.
 */
public final class MeshReactor {
    private MeshReactor() {}

    /** Who sent a request: by the certificate of the connection, by a JWT, or {@link PeerIdentity#ANONYMOUS}. */
    public static PeerIdentity peer(HttpServerRequest request) {
        return inbound(request).caller();
    }

    /**
     * The scope of a request as long as it is served: {@code inbound(request).open()} on the thread that calls other services.
     *
     * @return {@link Inbound#NONE} if the server is not guarded, or the request is over
     */
    public static Inbound inbound(HttpServerRequest request) {
        AtomicReference<@Nullable InboundExchange> found = new AtomicReference<>();
        request.withConnection(connection -> found.set(exchange(connection.channel())));
        InboundExchange exchange = found.get();
        return exchange == null ? Inbound.NONE : new Inbound(exchange.deadline(), exchange.caller());
    }

    private static @Nullable InboundExchange exchange(Channel channel) {
        if (channel instanceof Http2StreamChannel stream) {
            ChannelHandler guard = channel.parent().pipeline().get(Http2Guard.NAME);
            return guard instanceof Http2Guard http2
                    ? http2.serving(stream.stream().id())
                    : null;
        }
        ChannelHandler guard = channel.pipeline().get(Http1Guard.NAME);
        return guard instanceof Http1Guard http1 ? http1.serving() : null;
    }
}
