package dev.weft.http.transport;

import dev.weft.tls.Proof;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A connection that carries one request at a time. */
final class Http1Connection extends ChannelInboundHandlerAdapter implements Connection {

    private enum State {
        IDLE,
        BUSY,
        CLOSED
    }

    private final Channel channel;
    private final HostPool pool;
    private final Connector connector;
    private final Http1Decoder decoder = new Http1Decoder();
    private final IdleTimer idleTimer;

    // Whoever wins the step from IDLE to BUSY may start a request; from IDLE to CLOSED, may close.
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

    // Written by whoever retires it, read by the event loop.
    private volatile boolean retiring;

    // Event loop only.
    private @Nullable Http1Call current;
    private int served;
    private @Nullable Throwable lastError;

    private Http1Connection(Channel channel, HostPool pool, Connector connector, Proof proof) {
        this.channel = channel;
        this.pool = pool;
        this.connector = connector;
        idleTimer = new IdleTimer(connector.world(), pool, this, proof);
    }

    static Http1Connection start(Channel channel, HostPool pool, Connector connector, Proof proof) {
        Http1Connection connection = new Http1Connection(channel, pool, connector, proof);
        channel.pipeline().addLast(connection.decoder, connection);
        connection.idleTimer.start();
        return connection;
    }

    @Override
    public Channel channel() {
        return channel;
    }

    /** Takes the one place. */
    boolean tryTake() {
        return state.compareAndSet(State.IDLE, State.BUSY);
    }

    @Override
    public void retire() {
        retiring = true;
        closeIfIdle();
    }

    @Override
    public boolean closeIfIdle() {
        if (state.compareAndSet(State.IDLE, State.CLOSED)) {
            channel.close();
            return true;
        }
        return state.get() == State.CLOSED;
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
        // Over TLS a channel that is being closed stays active until its farewell is written.
        if (!channel.isActive() || state.get() == State.CLOSED) {
            pool.again(transfer);
            return;
        }
        decoder.expect(transfer.head.method());
        Http1Call call = new Http1Call(this, transfer, connector.blocking());
        current = call;
        if (transfer.carriedBy(call)) {
            call.begin(served++ > 0);
        } else {
            done(true);
        }
    }

    /**
     * The current request is over.
     *
     * @param clean nothing of it is left on the wire, in either direction
     */
    void done(boolean clean) {
        current = null;
        int limit = pool.cluster().maxRequestsPerConnection();
        // What has come beyond the end of a response would become the beginning of the next one.
        boolean reusable = clean && !decoder.holdsBytes() && channel.isActive() && !retiring && pool.wanted();
        if (reusable && (limit == 0 || served < limit)) {
            channel.config().setAutoRead(true);
            idleTimer.start();
            if (state.compareAndSet(State.BUSY, State.IDLE)) {
                pool.released(this);
                if (retiring) {
                    // Said between the look at it and the return to the pool.
                    closeIfIdle();
                }
            }
        } else {
            state.set(State.CLOSED);
            channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Http1Call call = current;
        if (call == null) {
            // Nobody asked: whatever this is, it must not become the answer to the next request.
            ReferenceCountUtil.release(message);
            state.set(State.CLOSED);
            ctx.close();
        } else {
            call.read(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (current != null) {
            current.readComplete();
        } else if (decoder.holdsBytes()) {
            state.set(State.CLOSED);
            ctx.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (current != null && channel.isWritable()) {
            current.resumeBody();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lastError = cause;
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        state.set(State.CLOSED);
        idleTimer.stop();
        Http1Call call = current;
        current = null;
        pool.closed(this);
        if (call != null) {
            call.connectionLost(lastError);
        }
    }
}
