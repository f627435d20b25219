package dev.weft.http.transport;

import dev.weft.config.UpstreamTls;
import dev.weft.engine.Attempt.Failure;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SSLException;
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

    Handshake(HostPool pool, Connector connector, InetSocketAddress address, long timeoutMillis) {
        this.pool = pool;
        this.connector = connector;
        this.address = address;
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws SSLException {
        UpstreamTls tls = pool.key().tls();
        if (tls == null) {
            speak(ctx, pool.key().wire() == PoolKey.Wire.HTTP2);
            return;
        }
        SslHandler handler = connector.tls().handler(tls, pool.key().wire(), ctx.alloc(), address);
        handler.setHandshakeTimeoutMillis(timeoutMillis);
        ctx.pipeline().addFirst(handler);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent done) {
            UpstreamTls tls = pool.key().tls();
            SslHandler handler = ctx.pipeline().get(SslHandler.class);
            if (!done.isSuccess()) {
                failed(Failure.TLS, done.cause());
                ctx.close();
            } else if (tls != null && handler != null) {
                secured(ctx, tls, handler);
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    private void secured(ChannelHandlerContext ctx, UpstreamTls tls, SslHandler handler) throws SSLException {
        secured = true;
        List<String> expected = tls.subjectAltNames();
        if (!expected.isEmpty()) {
            String wrong = SubjectAltNames.mismatch(expected, handler.engine().getSession());
            if (wrong != null) {
                failed(Failure.TLS, new SSLException(wrong));
                ctx.close();
                return;
            }
        }
        String chosen = handler.applicationProtocol();
        PoolKey.Wire wire = pool.key().wire();
        speak(
                ctx,
                wire == PoolKey.Wire.HTTP2
                        || (wire == PoolKey.Wire.ASK && ApplicationProtocolNames.HTTP_2.equals(chosen)));
    }

    private void speak(ChannelHandlerContext ctx, boolean http2) {
        Channel channel = ctx.channel();
        if (http2) {
            Http2Connection.start(channel, pool, connector, timeoutMillis, this);
        } else {
            ready(Http1Connection.start(channel, pool, connector));
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
            String what = cause == null ? "closed by the server" : String.valueOf(cause.getMessage());
            pool.failed(new ConnectionFailure(failure, what, cause));
        }
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
