package dev.weft.http.transport;

import dev.weft.config.Endpoint;
import dev.weft.config.UpstreamTls;
import dev.weft.engine.Attempt.Failure;
import dev.weft.http.tls.ClientContext;
import dev.weft.runtime.World;
import dev.weft.tls.Alpn;
import dev.weft.tls.ClientContexts;
import dev.weft.tls.NamelessServers;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;

/** Opens connections for pools: name, TCP, TLS, protocol, in that order. */
final class Connector {
    private final Bootstrap bootstrap;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final ClientContexts<ClientContext> tls;
    private final Executor blocking;
    private final World world;
    private final NamelessServers nameless = new NamelessServers();

    // Written once by close(); read before a connection is opened: the event loops are gone then.
    private volatile boolean closed;

    Connector(EventLoops loops, Executor blocking, World world, ClientContexts<ClientContext> tls) {
        this.tls = tls;
        this.blocking = blocking;
        this.world = world;
        bootstrap = new Bootstrap()
                .group(loops.group())
                .channel(loops.channelType())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true);
    }

    NamelessServers nameless() {
        return nameless;
    }

    World world() {
        return world;
    }

    Executor blocking() {
        return blocking;
    }

    /** Opens a connection; the pool hears {@link HostPool#opened} or {@link HostPool#failed}. */
    void connect(HostPool pool, Endpoint endpoint) {
        if (closed) {
            blocking.execute(() -> pool.failed(new ConnectionFailure(Failure.CONNECT, "the mesh is closed")));
            return;
        }
        String address = endpoint.address();
        boolean prepared = pool.key().tls() == null || pool.context() != null;
        if (prepared && (NetUtil.isValidIpV4Address(address) || NetUtil.isValidIpV6Address(address))) {
            dial(pool, new InetSocketAddress(address, endpoint.port()));
            return;
        }
        blocking.execute(() -> {
            try {
                prepare(pool);
                dial(pool, new InetSocketAddress(InetAddress.getByName(address), endpoint.port()));
            } catch (UnknownHostException e) {
                pool.failed(new ConnectionFailure(Failure.CONNECT, "unknown host " + address, e));
            } catch (SSLException e) {
                pool.failed(new ConnectionFailure(Failure.TLS, String.valueOf(e.getMessage()), e));
            } catch (RuntimeException e) {
                pool.failed(new ConnectionFailure(Failure.CONNECT, address + ": " + e, e));
            }
        });
    }

    /** May read files, which event loops must not wait for. */
    private void prepare(HostPool pool) throws SSLException {
        UpstreamTls setting = pool.key().tls();
        if (setting != null && pool.context() == null) {
            PoolKey.Wire wire = pool.key().wire();
            List<String> offer = Alpn.offer(setting, wire != PoolKey.Wire.HTTP2, wire != PoolKey.Wire.HTTP1);
            pool.context(tls.context(setting, offer));
        }
    }

    /** For the first time, or again after what was learnt from a failure. */
    void dial(HostPool pool, InetSocketAddress address) {
        long millis = Math.max(
                1, Math.min(Integer.MAX_VALUE, pool.cluster().connectTimeout().toMillis()));
        Handshake handshake = new Handshake(pool, this, address, millis);
        bootstrap
                .clone()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) millis)
                .handler(handshake)
                .connect(address)
                .addListener((ChannelFutureListener) done -> {
                    if (done.isSuccess()) {
                        channels.add(done.channel());
                    } else {
                        handshake.failed(Failure.CONNECT, done.cause());
                    }
                });
    }

    int open() {
        return channels.size();
    }

    void close() {
        closed = true;
        channels.close();
    }

    /** For messages: {@code 10.0.0.1:80}. */
    static String name(Channel channel) {
        return String.valueOf(channel.remoteAddress());
    }
}
