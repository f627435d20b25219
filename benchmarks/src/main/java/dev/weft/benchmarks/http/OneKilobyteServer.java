package dev.weft.benchmarks.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/**
 * Answers every request with 1 KB. Prints its port and runs until its input ends. Its argument, if it has one, is a directory with
 * certificates: then it speaks TLS and demands a certificate of the client.
 */
public final class OneKilobyteServer {
    private static final ByteBuf BODY = Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer(1024).writeZero(1024))
            .asReadOnly();

    private OneKilobyteServer() {}

    public static void main(String[] args) throws Exception {
        boolean epoll = Epoll.isAvailable();
        SslContext tls = args.length > 0 ? tls(Path.of(args[0])) : null;
        Channel channel = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(
                        1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory()))
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        if (tls != null) {
                            connection.pipeline().addLast(tls.newHandler(connection.alloc()));
                        }
                        connection.pipeline().addLast(new HttpServerCodec(), new Answer());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        System.out.println(((InetSocketAddress) channel.localAddress()).getPort());
        while (System.in.read() >= 0) {
            // whoever started this process holds its input open
        }
        System.exit(0);
    }

    private static SslContext tls(Path directory) throws SSLException {
        return SslContextBuilder.forServer(
                        directory.resolve("chain.pem").toFile(),
                        directory.resolve("key.pem").toFile())
                .sslProvider(SslProvider.OPENSSL)
                .trustManager(directory.resolve("root.pem").toFile())
                .clientAuth(ClientAuth.REQUIRE)
                .build();
    }

    private static final class Answer extends SimpleChannelInboundHandler<HttpObject> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
            if (message instanceof LastHttpContent) {
                DefaultFullHttpResponse response =
                        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, BODY.duplicate());
                response.headers().set("content-length", 1024).set("content-type", "application/octet-stream");
                ctx.writeAndFlush(response);
            }
        }
    }
}
