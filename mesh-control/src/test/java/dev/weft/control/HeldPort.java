package dev.weft.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * A port of loopback that a server of this test may leave and take again: in between nobody listens at it, and nobody else, not even a
 * connection that is going out, is given it.
 */
public final class HeldPort implements AutoCloseable {
    private final SocketChannel holder;
    private final int number;

    public HeldPort() throws IOException {
        // Of two that may share a port, one that does not listen does not hinder the other.
        holder = SocketChannel.open().setOption(StandardSocketOptions.SO_REUSEADDR, true);
        holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        number = ((InetSocketAddress) holder.getLocalAddress()).getPort();
    }

    public int number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
