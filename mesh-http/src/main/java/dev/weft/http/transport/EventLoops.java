package dev.weft.http.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The threads that move bytes: one per processor, on epoll where it is.
 *
 * @param group daemon threads
 * @param channelType what fits the group
 */
record EventLoops(EventLoopGroup group, Class<? extends Channel> channelType) {

    static EventLoops start() {
        int threads = Runtime.getRuntime().availableProcessors();
        DefaultThreadFactory factory = new DefaultThreadFactory("weft-http", true);
        return Epoll.isAvailable()
                ? new EventLoops(
                        new MultiThreadIoEventLoopGroup(threads, factory, EpollIoHandler.newFactory()),
                        EpollSocketChannel.class)
                : new EventLoops(
                        new MultiThreadIoEventLoopGroup(threads, factory, NioIoHandler.newFactory()),
                        NioSocketChannel.class);
    }

    /** Closes what is open on them, and ends; then {@code ended} runs, on a thread that must not block. */
    void close(Runnable ended) {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).addListener(over -> ended.run());
    }
}
