package dev.weft.http.transport;

import dev.weft.engine.Attempt.Failure;
import dev.weft.tls.Proof;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2Connection.Endpoint;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A connection that carries many requests at once, each on a stream of its own. */
final class Http2Connection extends ChannelInboundHandlerAdapter implements Connection {
    // What one slow reader may leave unread, and all of a connection together.
    private static final int STREAM_WINDOW = 256 * 1024;
    private static final int CONNECTION_WINDOW = 4 * 1024 * 1024;
    private static final int MAX_HEAD = 64 * 1024;

    private final Channel channel;
    private final HostPool pool;
    private final Connector connector;
    private final Http2FrameCodec codec;
    private final Handshake handshake;
    private final IdleTimer idleTimer;

    // Places taken; by whoever reserves and by the event loop.
    private final AtomicInteger active = new AtomicInteger();

    // Written on the event loop, read by whoever reserves.
    private volatile int maxStreams;
    private volatile boolean draining;

    // Event loop only.
    private int served;
    private boolean opened;
    private @Nullable Throwable lastError;

    private Http2Connection(
            Channel channel,
            HostPool pool,
            Connector connector,
            Http2FrameCodec codec,
            Handshake handshake,
            Proof proof) {
        this.channel = channel;
        this.pool = pool;
        this.connector = connector;
        this.codec = codec;
        this.handshake = handshake;
        idleTimer = new IdleTimer(connector.world(), pool, this, proof);
    }

    /**
     * Sends the preface and waits for the server's SETTINGS, which tell how many streams there may be and that HTTP/2 is
     * spoken there at all: a server that does not is then a failed connection and not a lost request.
     */
    static void start(
            Channel channel, HostPool pool, Connector connector, long timeoutMillis, Handshake handshake, Proof proof) {
        Http2FrameCodec codec = Http2FrameCodecBuilder.forClient()
                .initialSettings(Http2Settings.defaultSettings()
                        .pushEnabled(false)
                        .initialWindowSize(STREAM_WINDOW)
                        .maxHeaderListSize(MAX_HEAD))
                .validateHeaders(true)
                // A connection is closed when it is idle or when its transfers are to end: there is nothing to wait
                // for.
                .gracefulShutdownTimeoutMillis(0)
                .build();
        Http2Connection connection = new Http2Connection(channel, pool, connector, codec, handshake, proof);
        channel.pipeline().addLast(codec, new Http2MultiplexHandler(new Unwanted()), connection);
        connection.widenWindow();
        channel.eventLoop().schedule(connection::giveUpWaiting, timeoutMillis, TimeUnit.MILLISECONDS);
    }

    /** Streams that a server opens: push is off, so there are none. */
    @ChannelHandler.Sharable
    private static final class Unwanted extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel stream) {
            stream.close();
        }
    }

    private void widenWindow() {
        io.netty.handler.codec.http2.Http2Connection state = codec.connection();
        Http2LocalFlowController flow = state.local().flowController();
        try {
            flow.incrementWindowSize(state.connectionStream(), CONNECTION_WINDOW - flow.initialWindowSize());
            channel.flush();
        } catch (Http2Exception e) {
            throw new IllegalStateException("a constant window was refused", e);
        }
    }

    private void giveUpWaiting() {
        if (!opened) {
            handshake.failed(
                    Failure.CONNECT,
                    new SocketTimeoutException(
                            "no HTTP/2 SETTINGS that allow a stream came within the connect timeout"));
            channel.close();
        }
    }

    @Override
    public Channel channel() {
        return channel;
    }

    /** Takes a place for one stream. */
    boolean tryReserve() {
        while (!draining) {
            int taken = active.get();
            if (taken >= maxStreams) {
                return false;
            }
            if (active.compareAndSet(taken, taken + 1)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void start(Transfer transfer) {
        if (channel.eventLoop().inEventLoop()) {
            begin(transfer);
        } else {
            channel.eventLoop().execute(() -> begin(transfer));
        }
    }

    private void begin(Transfer transfer) {
        if (!channel.isActive() || draining) {
            // Netty tells of the end in a later task. Until then the pool would choose this connection again, at once,
            // and
            // again until the stack is full.
            leavePool();
            released();
            pool.again(transfer);
            return;
        }
        boolean reused = served++ > 0;
        int limit = pool.cluster().maxRequestsPerConnection();
        if (limit > 0 && served >= limit) {
            drain();
        }
        Http2Call call = new Http2Call(this, transfer, connector.blocking());
        new Http2StreamChannelBootstrap(channel)
                .handler(call)
                .open()
                .addListener((Future<Http2StreamChannel> opening) -> {
                    if (opening.isSuccess()) {
                        call.begin(reused);
                    } else {
                        call.notOpened(opening.cause());
                    }
                });
    }

    /** A place is free again. */
    void released() {
        // Before the place is free: the timer must not find a connection that nobody uses, and since long ago.
        idleTimer.start();
        active.decrementAndGet();
        if (!draining) {
            pool.served();
        }
        if (active.get() == 0 && (draining || !pool.wanted())) {
            channel.close();
        }
    }

    private void leavePool() {
        draining = true;
        pool.draining(this);
    }

    private void drain() {
        leavePool();
        if (active.get() == 0) {
            channel.close();
        }
    }

    /** As if the server had said that it goes away: streams under way come to their end, new ones go elsewhere. */
    @Override
    public void retire() {
        if (channel.eventLoop().inEventLoop()) {
            drain();
        } else {
            channel.eventLoop().execute(this::drain);
        }
    }

    @Override
    public boolean closeIfIdle() {
        // A transfer that reserved a place just now finds the connection closed and begins anew elsewhere.
        if (active.get() == 0) {
            channel.close();
            return true;
        }
        return !channel.isActive();
    }

    /** The server has said that it has not looked, and will not look, at this stream. */
    boolean spared(int streamId) {
        Endpoint<?> local = codec.connection().local();
        return codec.connection().goAwayReceived() && streamId > local.lastStreamKnownByPeer();
    }

    @Nullable
    Throwable lastError() {
        return lastError;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof Http2SettingsFrame frame) {
                settings(frame.settings());
            } else if (message instanceof Http2GoAwayFrame) {
                drain();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void settings(Http2Settings settings) {
        Long limit = settings.maxConcurrentStreams();
        if (limit != null) {
            maxStreams = (int) Math.min(Integer.MAX_VALUE, limit);
        } else if (!opened) {
            maxStreams = Integer.MAX_VALUE;
        }
        if (!opened) {
            // A server that allows none yet may do so later. As an open connection it would be no use, and for whoever
            // waits
            // another one would be opened, and another.
            if (maxStreams > 0) {
                opened = true;
                idleTimer.start();
                handshake.ready(this);
            }
        } else {
            pool.served();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lastError = cause;
        if (!opened) {
            handshake.failed(Failure.CONNECT, cause);
        }
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        draining = true;
        idleTimer.stop();
        if (opened) {
            pool.closed(this);
        } else {
            handshake.failed(Failure.CONNECT, lastError);
        }
    }
}
