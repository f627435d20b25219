package dev.weft.http.kit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real server on loopback whose paths say how it behaves ({@link Behaviour}), over HTTP/1.1 or h2c; it counts. */
public final class TestServer implements AutoCloseable {
    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

    private static final ConcurrentLinkedQueue<SocketChannel> HOLDERS = new ConcurrentLinkedQueue<>();

    private final String name;
    private final Channel listener;
    private final AtomicInteger opened = new AtomicInteger();
    private final ConcurrentLinkedQueue<Channel> open = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> serverNames = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    final AtomicInteger abandoned = new AtomicInteger();
    final AtomicInteger running = new AtomicInteger();
    private final ConcurrentLinkedQueue<Runnable> gathered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger gathering = new AtomicInteger();

    private TestServer(String name, boolean http2, long maxStreams, @Nullable SslContext tls) {
        this.name = name;
        listener = new ServerBootstrap()
                .group(LOOPS)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        opened.incrementAndGet();
                        open.add(channel);
                        channel.closeFuture().addListener(done -> open.remove(channel));
                        if (tls != null) {
                            channel.pipeline().addLast(new ServerNames(serverNames), tls.newHandler(channel.alloc()));
                        }
                        if (http2) {
                            http2(channel, maxStreams);
                        } else {
                            channel.pipeline().addLast(new HttpServerCodec(), new Behaviour(TestServer.this));
                        }
                        channel.pipeline().addLast(new Quiet());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    private void http2(Channel channel, long maxStreams) {
        channel.pipeline()
                .addLast(
                        Http2FrameCodecBuilder.forServer()
                                .initialSettings(Http2Settings.defaultSettings().maxConcurrentStreams(maxStreams))
                                .build(),
                        new Http2MultiplexHandler(new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel stream) {
                                stream.pipeline()
                                        .addLast(
                                                new Http2StreamFrameToHttpObjectCodec(true, false),
                                                new Behaviour(TestServer.this),
                                                new Quiet());
                            }
                        }));
    }

    /** Errors of connections are what many tests are about. */
    private static final class Quiet extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    public static TestServer start(String name, boolean http2) {
        return new TestServer(name, http2, 1_000_000, null);
    }

    public static TestServer withStreams(String name, long maxStreams) {
        return new TestServer(name, true, maxStreams, null);
    }

    public static TestServer withTls(String name, boolean http2, SslContext tls) {
        return withTls(name, http2, 1_000_000, tls);
    }

    public static TestServer withTls(String name, boolean http2, long maxStreams, SslContext tls) {
        return new TestServer(name, http2, maxStreams, tls);
    }

    public String name() {
        return name;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Requests that have come whole, as {@code GET /path}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** What each TLS connection asked for (SNI). */
    public List<String> serverNames() {
        return List.copyOf(serverNames);
    }

    /** Connections since the start. */
    public int connections() {
        return opened.get();
    }

    public int openConnections() {
        return open.size();
    }

    /** Requests whose client went away, or reset the stream, before the response was whole. */
    public int abandoned() {
        return abandoned.get();
    }

    /** Requests that have begun and are neither answered nor abandoned. */
    public int running() {
        return running.get();
    }

    /** Gives no answer before so many are asked for at the same time. */
    void together(int count, Runnable answer) {
        gathered.add(answer);
        if (gathering.incrementAndGet() == count) {
            gathering.set(0);
            for (int i = 0; i < count; i++) {
                gathered.remove().run();
            }
        }
    }

    /** Ends every open connection, as a process that dies does. */
    public void dropConnections() {
        open.forEach(Channel::close);
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        dropConnections();
    }

    /** An address on which nobody listens, and nobody else can: it is taken by a socket that only holds it. */
    public static InetSocketAddress nobody() {
        try {
            SocketChannel holder = SocketChannel.open();
            HOLDERS.add(holder);
            holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return (InetSocketAddress) holder.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
