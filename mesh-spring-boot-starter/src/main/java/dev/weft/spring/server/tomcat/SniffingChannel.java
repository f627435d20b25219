package dev.weft.spring.server.tomcat;

import dev.weft.spring.server.PortGate;
import dev.weft.tls.Opening;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose first byte tells whether it is TLS. Tomcat asks for the handshake before it reads anything; here that is when the first
 * byte is read. TLS goes on as Tomcat does it, and plaintext past it. One thread at a time, as Tomcat has it.
 *
 * <p>One that takes too long to begin is shut for reading, from another thread: then Tomcat finds its end, and closes it on a thread of its
 * own.
 */
final class SniffingChannel extends SecureNioChannel {
    /** TLS begins with a handshake record (RFC 8446, 5.1); no HTTP method, and no preface of HTTP/2, begins with it. */
    private static final byte HANDSHAKE = 0x16;

    private final PortGate gate;
    private final ByteBuffer first = ByteBuffer.allocate(1);
    private boolean told;
    private boolean plaintext;
    private @Nullable Opening opening;

    SniffingChannel(SocketBufferHandler buffers, NioEndpoint endpoint, PortGate gate) {
        super(buffers, endpoint);
        this.gate = gate;
    }

    /** Tomcat uses a channel again for another connection. */
    @Override
    public void reset(@Nullable SocketChannel channel, @Nullable NioSocketWrapper wrapper) throws IOException {
        super.reset(channel, wrapper);
        told = false;
        plaintext = false;
        first.clear();
        opening = channel == null ? null : gate.opening(() -> shut(channel));
    }

    private static void shut(SocketChannel channel) {
        try {
            channel.shutdownInput();
        } catch (IOException e) {
            // Closed already.
        }
    }

    /** It has shown that it is worth keeping, or it is closed. */
    void begun() {
        Opening begun = opening;
        if (begun != null) {
            begun.end();
        }
    }

    /** Whether the policy of now takes no connection of this kind, which outlives policies. */
    boolean isRefused() {
        SocketChannel socket = sc;
        return socket == null || gate.refuses(socket.socket().getLocalPort(), !plaintext);
    }

    @Override
    public int handshake(boolean read, boolean write) throws IOException {
        int next = told ? 0 : tell();
        if (next == 0 && !plaintext) {
            next = super.handshake(read, write);
            if (next == 0) {
                // Whose it is has been proved.
                begun();
            }
        }
        // One that was shut would still wait here for a peer that does not read.
        return next > 0 && sc.socket().isInputShutdown() ? -1 : next;
    }

    /** Reads the first byte; 0, or what Tomcat is to do until it has come. */
    private int tell() throws IOException {
        int count = sc.read(first);
        if (count <= 0) {
            return count < 0 ? -1 : SelectionKey.OP_READ;
        }
        boolean encrypted = first.get(0) == HANDSHAKE;
        if (gate.refuses(sc.socket().getLocalPort(), encrypted)) {
            return -1;
        }
        told = true;
        first.flip();
        if (encrypted) {
            netInBuffer.put(first);
        } else {
            plaintext = true;
            handshakeComplete = true;
        }
        return 0;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        if (!plaintext) {
            return super.read(to);
        }
        int before = head(to);
        int count = sc.read(to);
        return before == 0 ? count : before + Math.max(0, count);
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) throws IOException {
        if (!plaintext) {
            return super.read(to, offset, length);
        }
        int before = 0;
        for (int i = offset; before == 0 && i < offset + length; i++) {
            before = head(to[i]);
        }
        long count = sc.read(to, offset, length);
        return before == 0 ? count : before + Math.max(0, count);
    }

    /** The byte that told, if nobody has read it yet. */
    private int head(ByteBuffer to) {
        if (!first.hasRemaining() || !to.hasRemaining()) {
            return 0;
        }
        to.put(first);
        return 1;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        if (!plaintext) {
            return super.write(from);
        }
        checkInterruptStatus();
        return sc.write(from);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        if (!plaintext) {
            return super.write(from, offset, length);
        }
        checkInterruptStatus();
        return sc.write(from, offset, length);
    }

    /** What is to be sent waits in no buffer of this channel. */
    @Override
    public int getOutboundRemaining() {
        return plaintext ? 0 : super.getOutboundRemaining();
    }

    @Override
    public boolean flushOutbound() throws IOException {
        return !plaintext && super.flushOutbound();
    }

    @Override
    public void close() throws IOException {
        begun();
        if (plaintext) {
            sc.close();
        } else {
            super.close();
        }
    }

    @Override
    public void close(boolean force) throws IOException {
        begun();
        if (plaintext) {
            sc.close();
        } else {
            super.close(force);
        }
    }

    @Override
    public @Nullable SSLSupport getSSLSupport() {
        return plaintext ? null : super.getSSLSupport();
    }
}
