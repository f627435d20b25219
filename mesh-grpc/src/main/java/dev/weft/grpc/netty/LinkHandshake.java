package dev.weft.grpc.netty;

import dev.weft.MeshException;
import dev.weft.config.UpstreamTls;
import dev.weft.engine.Attempt.Failure;
import dev.weft.grpc.link.LinkFailedException;
import dev.weft.grpc.link.LinkSecurity;
import dev.weft.tls.HandshakeFailure;
import dev.weft.tls.NamelessServers;
import dev.weft.tls.Proof;
import dev.weft.tls.ServerCheck;
import dev.weft.tls.ServerName;
import io.grpc.Status;
import io.grpc.internal.GrpcAttributes;
import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiators;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Brings a connection to a host of the mesh from TCP to the point where HTTP/2 can be spoken to somebody who has proved who he is. */
final class LinkHandshake extends InternalProtocolNegotiators.ProtocolNegotiationHandler {
    private final GrpcHttp2ConnectionHandler grpc;
    private final LinkSecurity security;
    private final UpstreamTls tls;
    private @Nullable SslHandler handler;
    private @Nullable NamelessServers nameless;
    private boolean showsName;
    private boolean over;

    LinkHandshake(GrpcHttp2ConnectionHandler grpc, LinkSecurity security, UpstreamTls tls) {
        super(InternalProtocolNegotiators.grpcNegotiationHandler(grpc), "MeshTls", grpc.getNegotiationLogger());
        this.grpc = grpc;
        this.security = security;
        this.tls = tls;
    }

    /** The connection stands. */
    @Override
    protected void protocolNegotiationEventTriggered(ChannelHandlerContext ctx) {
        LinkContexts contexts;
        try {
            contexts = LinkContexts.of(security.mesh());
        } catch (MeshException.Closed e) {
            failed(ctx, e);
            return;
        }
        nameless = contexts.nameless();
        contexts.with(tls, (context, failure) -> {
            if (ctx.executor().inEventLoop()) {
                begin(ctx, context, failure);
            } else {
                ctx.executor().execute(() -> begin(ctx, context, failure));
            }
        });
    }

    private void begin(ChannelHandlerContext ctx, @Nullable SslContext context, @Nullable SSLException failure) {
        if (over || !ctx.channel().isActive()) {
            return;
        }
        if (context == null) {
            failed(ctx, failure == null ? new SSLException("TLS is demanded, but not prepared") : failure);
            return;
        }
        try {
            String name = security.serverName();
            showsName = nameless == null || !nameless.contains(address(ctx));
            ServerName sni = showsName ? ServerName.of(name) : null;
            SslHandler made = context.newHandler(ctx.alloc(), name, port(ctx));
            if (sni != null) {
                Sni.show(made.engine(), sni);
            }
            made.setHandshakeTimeoutMillis(ctx.channel().config().getConnectTimeoutMillis());
            handler = made;
            ctx.pipeline().addBefore(ctx.name(), null, made);
        } catch (SSLException e) {
            failed(ctx, e);
        }
    }

    @Override
    protected void userEventTriggered0(ChannelHandlerContext ctx, Object event) throws Exception {
        if (!(event instanceof SslHandshakeCompletionEvent done)) {
            super.userEventTriggered0(ctx, event);
        } else if (done.isSuccess()) {
            secured(ctx);
        } else {
            failed(ctx, done.cause());
        }
    }

    private void secured(ChannelHandlerContext ctx) {
        SslHandler made = handler;
        if (over || made == null) {
            return;
        }
        SSLSession session = made.engine().getSession();
        ServerCheck check = new ServerCheck(tls, security.mesh().identity());
        String refusal = check.refusal(session);
        if (refusal != null) {
            failed(ctx, new SSLException(refusal));
            return;
        }
        over = true;
        Proof proof = check.proof(session);
        ctx.pipeline().addBefore(ctx.name(), null, new FirstWord(tls.mode() != UpstreamTls.Mode.SIMPLE));
        LinkEnd.watch(security.mesh().world(), proof, ctx.channel(), grpc, made);
        replaceProtocolNegotiationEvent(Negotiated.over(
                getProtocolNegotiationEvent(),
                session,
                attributes -> attributes
                        // What the server has proved is not a name that a call could bear.
                        .set(GrpcAttributes.ATTR_AUTHORITY_VERIFIER, authority -> Status.OK)));
        fireProtocolNegotiationEvent(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failed(ctx, cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        failed(ctx, new SSLException("closed by the server before the TLS handshake was over"));
        super.channelInactive(ctx);
    }

    private void failed(ChannelHandlerContext ctx, Throwable cause) {
        if (over) {
            return;
        }
        over = true;
        String words = HandshakeFailure.words(cause);
        if (nameless != null && showsName && ServerName.wasUnreadable(security.serverName(), cause)) {
            // The next connection shows none.
            nameless.add(address(ctx));
            ctx.fireExceptionCaught(LinkFailedException.worthAnother(words, cause));
        } else {
            ctx.fireExceptionCaught(new LinkFailedException(Failure.TLS, words, cause));
        }
    }

    private static String address(ChannelHandlerContext ctx) {
        return String.valueOf(ctx.channel().remoteAddress());
    }

    private static int port(ChannelHandlerContext ctx) {
        return ctx.channel().remoteAddress() instanceof InetSocketAddress socket ? socket.getPort() : -1;
    }
}
