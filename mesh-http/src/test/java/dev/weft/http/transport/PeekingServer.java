package dev.weft.http.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads what a client says before anything is encrypted, by the words of RFC 8446 and 6066, and then hangs up. */
final class PeekingServer implements AutoCloseable {
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listening;

    /** One for each connection. */
    final BlockingQueue<Hello> hellos = new LinkedBlockingQueue<>();

    /** @param name empty if none was shown */
    record Hello(String name, List<String> protocols) {}

    PeekingServer() {
        listening = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Peek());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    private final class Peek extends ByteToMessageDecoder {
        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            // Record header, then the handshake's; the whole hello fits in one record.
            if (in.readableBytes() < 5 || in.readableBytes() < 5 + in.getUnsignedShort(in.readerIndex() + 3)) {
                return;
            }
            in.skipBytes(5 + 4 + 2 + 32);
            in.skipBytes(in.readUnsignedByte());
            in.skipBytes(in.readUnsignedShort());
            in.skipBytes(in.readUnsignedByte());
            ByteBuf extensions = in.readSlice(in.readUnsignedShort());
            String name = "";
            List<String> protocols = new ArrayList<>();
            while (extensions.isReadable()) {
                int kind = extensions.readUnsignedShort();
                ByteBuf extension = extensions.readSlice(extensions.readUnsignedShort());
                if (kind == SERVER_NAME) {
                    extension.skipBytes(3);
                    name = text(extension, extension.readUnsignedShort());
                } else if (kind == ALPN) {
                    extension.skipBytes(2);
                    while (extension.isReadable()) {
                        protocols.add(text(extension, extension.readUnsignedByte()));
                    }
                }
            }
            hellos.add(new Hello(name, protocols));
            in.skipBytes(in.readableBytes());
            context.close();
        }
    }

    private static String text(ByteBuf in, int length) {
        return in.readCharSequence(length, StandardCharsets.US_ASCII).toString();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
