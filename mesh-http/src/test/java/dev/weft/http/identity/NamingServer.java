package dev.weft.http.identity;

import dev.weft.identity.PeerIdentity;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A Netty server that tells each peer who it is, and clients that listen. */
final class NamingServer implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final Channel listening;
    final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

    NamingServer(SslContext context) {
        listening = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(context.newHandler(channel.alloc()), new Naming());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    /** What the server calls this client. */
    String call(SslContext client) throws Exception {
        CompletableFuture<String> named = new CompletableFuture<>();
        new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(client.newHandler(channel.alloc(), "127.0.0.1", 443), new Listening(named));
                    }
                })
                .connect(listening.localAddress())
                .syncUninterruptibly();
        return named.get(20, TimeUnit.SECONDS);
    }

    Throwable failure() throws InterruptedException {
        Throwable failure = failures.poll(20, TimeUnit.SECONDS);
        if (failure == null) {
            throw new AssertionError("the server saw no failure");
        }
        return failure;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Naming extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done) {
                if (done.isSuccess()) {
                    var session =
                            context.pipeline().get(SslHandler.class).engine().getSession();
                    context.writeAndFlush(Unpooled.copiedBuffer(
                                    PeerIdentity.of(session).getName(), StandardCharsets.UTF_8))
                            .addListener(ChannelFutureListener.CLOSE);
                } else {
                    failures.add(done.cause());
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private static final class Listening extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<String> named;
        private final StringBuilder heard = new StringBuilder();

        Listening(CompletableFuture<String> named) {
            this.named = named;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            heard.append(((ByteBuf) message).toString(StandardCharsets.UTF_8));
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (heard.isEmpty()) {
                named.completeExceptionally(new java.io.IOException("closed without an answer"));
            }
            named.complete(heard.toString());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            named.completeExceptionally(cause);
            context.close();
        }
    }
}
