package dev.weft.http.transport;

import dev.weft.config.UpstreamTls;
import dev.weft.engine.Attempt.Failure;
import dev.weft.http.tls.ClientContext;
import dev.weft.tls.Alpn;
import dev.weft.tls.HandshakeFailure;
import dev.weft.tls.Proof;
import dev.weft.tls.ServerName;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Brings a new connection to the point where it can carry requests, then leaves its pipeline. Tells the pool exactly once
 * how that ended. All methods on the connection's event loop, apart from {@link #failed} before it is registered.
 */
final class Handshake extends ChannelInboundHandlerAdapter {
    private final HostPool pool;
    private final Connector connector;
    private final InetSocketAddress address;
    private final long timeoutMillis;
    private boolean told;
    private boolean secured;
    private boolean showsName;

    Handshake(HostPool pool, Connector connector, InetSocketAddress address, long timeoutMillis) {
        this.pool = pool;
        this.connector = connector;
        this.address = address;
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws SSLException {
        if (pool.key().tls() == null) {
            speak(ctx, pool.key().wire() == PoolKey.Wire.HTTP2, Proof.WITHOUT_END);
            return;
        }
        ClientContext context = pool.context();
        if (context == null) {
            // There is no way from here to plaintext.
            throw new SSLException("TLS is demanded, but not prepared");
        }
        showsName = !connector.nameless().contains(pool.key().address());
        SslHandler handler = context.handler(ctx.alloc(), pool.key().serverName(), showsName, address.getPort());
        handler.setHandshakeTimeoutMillis(timeoutMillis);
        ctx.pipeline().addFirst(handler);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent done) {
            ClientContext context = pool.context();
            SslHandler handler = ctx.pipeline().get(SslHandler.class);
            if (!done.isSuccess()) {
                if (showsName && ServerName.wasUnreadable(pool.key().serverName(), done.cause())) {
                    againWithoutName();
                }
                failed(Failure.TLS, done.cause());
                ctx.close();
            } else if (context != null && handler != null) {
                secured(ctx, context, handler);
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    private void againWithoutName() {
        if (!told) {
            // The pool hears from the next attempt.
            told = true;
            connector.nameless().add(pool.key().address());
            connector.dial(pool, address);
        }
    }

    private void secured(ChannelHandlerContext ctx, ClientContext context, SslHandler handler) {
        secured = true;
        SSLSession session = handler.engine().getSession();
        String refusal = context.refusal(session);
        if (refusal != null) {
            failed(Failure.TLS, new SSLException(refusal));
            ctx.close();
            return;
        }
        String chosen = handler.applicationProtocol();
        // Where the cluster says HTTP/2, it is spoken also to a server that answers nothing, as Istio's may.
        boolean http2 = pool.key().wire() == PoolKey.Wire.HTTP2
                || (pool.key().wire() == PoolKey.Wire.ASK && chosen != null && Alpn.isHttp2(chosen));
        speak(ctx, http2, context.proof(session));
    }

    private void speak(ChannelHandlerContext ctx, boolean http2, Proof proof) {
        Channel channel = ctx.channel();
        if (http2) {
            Http2Connection.start(channel, pool, connector, timeoutMillis, this, proof);
        } else {
            ready(Http1Connection.start(channel, pool, connector, proof));
        }
    }

    /** The connection can be used. */
    void ready(Connection connection) {
        if (!told) {
            told = true;
            Channel channel = connection.channel();
            channel.pipeline().remove(this);
            pool.opened(connection);
        }
    }

    void failed(Failure failure, @Nullable Throwable cause) {
        if (!told) {
            told = true;
            String what = cause == null ? closed() : HandshakeFailure.words(cause);
            // With TLS 1.3 a server says only after its handshake, to the first bytes of HTTP/2, that it takes us not.
            boolean refused = cause != null && HandshakeFailure.reason(cause, SSLException.class) != null;
            pool.failed(new ConnectionFailure(refused ? Failure.TLS : failure, what, cause));
        }
    }

    private String closed() {
        UpstreamTls tls = pool.key().tls();
        // Its alert may be lost with the connection.
        return secured && tls != null && tls.mode() != UpstreamTls.Mode.SIMPLE
                ? "closed by the server right after the TLS handshake: it may not accept this process's certificate"
                : "closed by the server";
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failed(pool.key().tls() != null && !secured ? Failure.TLS : Failure.CONNECT, cause);
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        failed(pool.key().tls() != null && !secured ? Failure.TLS : Failure.CONNECT, null);
        ctx.fireChannelInactive();
    }
}
