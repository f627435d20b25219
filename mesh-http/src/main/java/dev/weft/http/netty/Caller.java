package dev.weft.http.netty;

import dev.weft.Inlet;
import dev.weft.engine.InboundExchange;
import dev.weft.http.tls.Sni;
import dev.weft.identity.PeerIdentity;
import dev.weft.identity.SessionPeers;
import dev.weft.request.RequestHead;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** One connection: whose it is, and whether it may still be used. Event loop only. */
final class Caller {
    private final Inlet inlet;
    private final Channel channel;
    private @Nullable SslHandler tls;
    private @Nullable Runnable opened;
    private @Nullable String sni;

    Caller(Inlet inlet, Channel channel) {
        this.inlet = inlet;
        this.channel = channel;
    }

    /** TLS of the mesh is spoken, by this handler. */
    void encrypted(SslHandler handler) {
        tls = handler;
    }

    /** To be told when the first request has come. */
    void onFirstRequest(Runnable listener) {
        opened = listener;
    }

    boolean refused(boolean encrypted) {
        return inlet.refuses(encrypted);
    }

    /** By the policy of now: connections outlive policies. */
    boolean refused() {
        return inlet.refuses(tls != null);
    }

    String scheme() {
        return channel.pipeline().get(SslHandler.class) == null ? "http" : "https";
    }

    int port() {
        InetSocketAddress local = socket(channel.localAddress());
        return local == null ? 0 : local.getPort();
    }

    InboundExchange begin(RequestHead head) {
        first();
        SSLEngine engine = tls == null ? null : tls.engine();
        SSLSession session = engine == null ? null : engine.getSession();
        return inlet.begin(
                head,
                session == null ? PeerIdentity.ANONYMOUS : SessionPeers.identity(session),
                socket(channel.remoteAddress()),
                socket(channel.localAddress()),
                session != null,
                engine == null || session == null ? "" : name(engine));
    }

    /** Read once: it does not change with the requests of a connection. */
    private String name(SSLEngine engine) {
        String known = sni;
        if (known == null) {
            known = Sni.shown(engine);
            sni = known;
        }
        return known;
    }

    private void first() {
        Runnable listener = opened;
        if (listener != null) {
            opened = null;
            listener.run();
        }
    }

    private static @Nullable InetSocketAddress socket(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress socket ? socket : null;
    }
}
