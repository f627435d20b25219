package dev.weft.control.endpoint;

import dev.weft.control.access.AuditLog;
import dev.weft.control.access.Refusals;
import dev.weft.control.access.RefusedException;
import dev.weft.control.access.RefusedException.Reason;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.PeerChains;
import dev.weft.identity.PeerRefusedException;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import io.grpc.netty.shaded.io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a TLS port. Those in their handshake are bounded: of too many the oldest is closed, for a handshake that goes on
 * longer than all others is no client's. Those that showed a certificate last as long as it does. Thread-safe.
 */
final class TlsConnections implements AutoCloseable {
    /** An honest client needs milliseconds; with a thousand at once the oldest has had them. */
    private static final int MAX_HANDSHAKES = 1_000;

    private static final long HANDSHAKE_MILLIS = 10_000;
    /** After the streams, which end with words at the end of the certificate itself. */
    private static final long AFTER_END_MILLIS = 1_000;

    private final Refusals refusals;
    private final World world;
    private final Executor executor;
    private final Runnable unsubscribe;
    /** Oldest first; guarded by itself. */
    private final Set<Channel> handshakes = new LinkedHashSet<>();

    private final Map<Channel, Shown> shown = new ConcurrentHashMap<>();

    /** What a client showed, and the alarm for its end. */
    private record Shown(List<X509Certificate> chain, Timer.Handle end) {}

    TlsConnections(IdentitySource identity, Refusals refusals, World world, Executor executor) {
        this.refusals = refusals;
        this.world = world;
        this.executor = executor;
        this.unsubscribe = identity.onChange(now -> executor.execute(() -> judgeAgain(now)));
    }

    /** A connection begins its handshake. On its event loop. */
    void opened(Channel channel, SslHandler ssl) {
        ssl.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
        Channel oldest = null;
        synchronized (handshakes) {
            handshakes.add(channel);
            if (handshakes.size() > MAX_HANDSHAKES) {
                Iterator<Channel> first = handshakes.iterator();
                oldest = first.next();
                first.remove();
            }
        }
        if (oldest != null) {
            oldest.close();
        }
        channel.closeFuture().addListener(end -> closed(channel));
        ssl.handshakeFuture().addListener(done -> {
            synchronized (handshakes) {
                handshakes.remove(channel);
            }
            if (done.isSuccess()) {
                proved(channel, chain(ssl));
            } else {
                failed(channel, done.cause());
            }
        });
    }

    private void closed(Channel channel) {
        synchronized (handshakes) {
            handshakes.remove(channel);
        }
        Shown known = shown.remove(channel);
        if (known != null) {
            known.end().cancel();
        }
    }

    private void proved(Channel channel, List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return;
        }
        long ends = chain.stream()
                .mapToLong(certificate -> certificate.getNotAfter().getTime())
                .min()
                .orElseThrow();
        long left = Math.max(0, ends + AFTER_END_MILLIS - world.ticker().epochMillis());
        Timer.Handle end = world.timer().schedule(TimeUnit.MILLISECONDS.toNanos(left), () -> cut(channel));
        shown.put(channel, new Shown(chain, end));
        if (!channel.isOpen()) {
            closed(channel);
        }
    }

    private void failed(Channel channel, Throwable cause) {
        PeerRefusedException refused = refusal(cause);
        if (refused != null) {
            // The audit log waits for the disk, and this is an event loop.
            executor.execute(() -> refusals.add(
                    new AuditLog.Request(address(channel.remoteAddress()), "certificate", null),
                    new RefusedException(Reason.UNAUTHENTICATED, String.valueOf(refused.getMessage()))));
        }
    }

    private static @Nullable PeerRefusedException refusal(@Nullable Throwable cause) {
        int depth = 0;
        for (Throwable at = cause; at != null && depth < 20; at = at.getCause(), depth++) {
            if (at instanceof PeerRefusedException refused) {
                return refused;
            }
        }
        return null;
    }

    /** The roots have changed: who showed a certificate of one that is trusted no more has to prove himself anew. */
    private void judgeAgain(Identity now) {
        shown.forEach((channel, client) -> {
            try {
                PeerChains.client(client.chain(), now.bundle(), world.ticker().epochMillis());
            } catch (PeerRefusedException e) {
                refusals.add(
                        new AuditLog.Request(address(channel.remoteAddress()), "certificate", null),
                        new RefusedException(Reason.UNAUTHENTICATED, "the connection is closed: " + e.getMessage()));
                cut(channel);
            }
        });
    }

    /**
     * Ends the connection with its streams. To close the channel would be a request to HTTP/2, which lets streams finish first; those
     * of configuration never do.
     */
    private static void cut(Channel channel) {
        ChannelHandlerContext http2 = channel.pipeline().context(GrpcHttp2ConnectionHandler.class);
        if (http2 == null) {
            channel.close();
        } else {
            http2.close();
        }
    }

    private static String address(@Nullable SocketAddress remote) {
        return remote instanceof InetSocketAddress socket && socket.getAddress() != null
                ? socket.getAddress().getHostAddress() + " port " + socket.getPort()
                : String.valueOf(remote);
    }

    private static List<X509Certificate> chain(SslHandler ssl) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate certificate : ssl.engine().getSession().getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    chain.add(x509);
                }
            }
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
        return chain;
    }

    @Override
    public void close() {
        unsubscribe.run();
        shown.values().forEach(client -> client.end().cancel());
    }
}
