package dev.weft.http.reactor;

import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A channel whose other end is a call over the mesh. What is written are the messages of a request, as an HTTP codec would take them;
 * what is read are those of the answer. Open for one call.
 */
final class CallChannel extends AbstractChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    // Nothing that anybody could connect to.
    private static final SocketAddress HERE = InetSocketAddress.createUnresolved("localhost", 0);

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final Calling calling;

    // Written on the event loop, read by anybody.
    private volatile boolean registered;
    private volatile boolean closed;

    CallChannel(Calling calling) {
        super(null);
        this.calling = calling;
    }

    /** The call can take more, or wants no more. From any thread. */
    void resumeWriting() {
        if (!closed) {
            eventLoop().execute(() -> unsafe().flush());
        }
    }

    @Override
    protected void doRegister() {
        registered = true;
        calling.on(this);
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer written) {
        for (Object message = written.current(); message != null; message = written.current()) {
            try {
                if (!calling.take(message)) {
                    // It stays here, and counts against the channel's writability, until the call asks for it.
                    return;
                }
            } catch (IOException | RuntimeException e) {
                // Thrown on, it would fail the write and leave whoever waits for an answer waiting.
                written.remove(e);
                calling.failed(e);
                return;
            }
            written.remove();
        }
    }

    @Override
    protected void doBeginRead() {
        calling.read();
    }

    @Override
    protected void doClose() {
        closed = true;
        calling.closed();
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isActive() {
        return registered && !closed;
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected SocketAddress localAddress0() {
        return HERE;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return calling.destination().address();
    }

    @Override
    protected void doBind(SocketAddress local) {
        throw new UnsupportedOperationException("a call over the mesh is bound to nothing");
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new AbstractUnsafe() {
            @Override
            public void connect(SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
                promise.setFailure(
                        new UnsupportedOperationException("a call over the mesh is connected when it is made"));
            }
        };
    }
}
