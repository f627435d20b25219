package dev.weft.http.netty;

import dev.weft.Inlet;
import dev.weft.Mesh;
import dev.weft.config.Encryption;
import dev.weft.tls.Openings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** Sets a server up: what is done with each connection before Reactor Netty sees its first request. */
final class GuardedReactorServer {
    private static final Logger log = LoggerFactory.getLogger(GuardedReactorServer.class);

    private final Mesh mesh;
    private final boolean own;
    private final ServerTls tls;
    private final Openings openings;

    /** By listening channel: one server may be bound several times. */
    private final Map<Channel, Inlet> inlets = new ConcurrentHashMap<>();

    private GuardedReactorServer(Mesh mesh, boolean own) {
        this.mesh = mesh;
        this.own = own;
        tls = new ServerTls(mesh);
        openings = new Openings(mesh.world().ticker());
    }

    /** Of the same type; it speaks HTTP/1.1, and HTTP/2 to whoever begins with it, over TLS and without. */
    static HttpServer of(Mesh mesh, Object given) {
        HttpServer server = (HttpServer) given;
        boolean own = server.configuration().isSecure();
        GuardedReactorServer guarded = new GuardedReactorServer(mesh, own);
        if (own) {
            log.warn(
                    "the server keeps the TLS that it has: it is not the mesh's, callers stay anonymous, and a policy that demands"
                            + " mutual TLS closes it; leave secure() away and the mesh does the TLS");
        }
        HttpServer prepared = own ? server : server.protocol(HttpProtocol.HTTP11, HttpProtocol.H2C);
        return prepared.doOnChannelInit((observer, channel, remote) -> guarded.prepare(channel))
                .doOnBound(bound -> guarded.inlet(bound.channel()))
                .doOnUnbound(bound -> guarded.stopped(bound.channel()));
    }

    /** Made by whoever comes first, the news that the server is bound or a connection, which needs the port's policy. */
    private Inlet inlet(Channel listening) {
        return inlets.computeIfAbsent(listening, channel -> {
            Inlet inlet = new Inlet(mesh, "callers must use mutual TLS, which this port takes");
            if (channel.localAddress() instanceof InetSocketAddress address) {
                inlet.listening(own ? "https" : "http", address, own ? Encryption.PLAINTEXT : Encryption.BOTH);
            } else {
                log.warn("a server at {} is no part of the mesh: only TCP ports are", channel.localAddress());
            }
            return inlet;
        });
    }

    private void stopped(Channel listening) {
        Inlet inlet = inlets.remove(listening);
        if (inlet != null) {
            inlet.stopped();
        }
    }

    private void prepare(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(Http1Guard.NAME) != null) {
            return;
        }
        if (pipeline.get(NettyPipeline.HttpTrafficHandler) == null) {
            // Here Reactor Netty puts its handlers together later, where nothing could stand before them.
            log.warn(
                    "connection closed: a guarded server speaks HTTP/1.1 and h2c; do not change protocol() after mesh.guard(server),"
                            + " nor offer HTTP/2 by TLS of the server's own");
            channel.close();
            return;
        }
        boolean http2 = pipeline.get(NettyPipeline.H2CUpgradeHandler) != null;
        Caller caller = new Caller(inlet(channel.parent()), channel);
        pipeline.addBefore(NettyPipeline.HttpTrafficHandler, Http1Guard.NAME, new Http1Guard(caller))
                .addAfter(Http1Guard.NAME, Http2Guard.NAME, new Http2Guard(caller));
        if (pipeline.get(NettyPipeline.SslHandler) == null) {
            pipeline.addFirst(Sniffer.NAME, new Sniffer(caller, tls, http2, openings));
        }
    }
}
