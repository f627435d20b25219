package dev.weft.http.transport;

import dev.weft.http.body.OutgoingBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Moves a request body from its publisher to a connection, one buffer at a time and only while the connection can take it.
 * What the publisher says may come from any thread; everything is done on the connection's event loop.
 */
final class BodyPump implements Flow.Subscriber<ByteBuffer> {

    /** The connection's side. Called on its event loop. */
    interface Outlet {
        boolean writable();

        /** Takes the buffer over. */
        void write(ByteBuf data);

        /** The body is whole. */
        void bodyComplete();

        /** The rest will not come. */
        void bodyBroken(Throwable cause);
    }

    private final OutgoingBody body;
    private final EventLoop loop;
    private final Outlet outlet;
    private final Executor blocking;

    // All on the event loop.
    private Flow.@Nullable Subscription subscription;
    private long seen;
    private boolean started;
    private boolean over;
    private boolean asked;

    BodyPump(OutgoingBody body, EventLoop loop, Outlet outlet, Executor blocking) {
        this.body = body;
        this.loop = loop;
        this.outlet = outlet;
        this.blocking = blocking;
    }

    /** Begins; harmless when begun. */
    void start() {
        if (started || over) {
            return;
        }
        started = true;
        ByteBuffer whole = body.whole();
        if (whole != null) {
            over = true;
            if (whole.hasRemaining()) {
                outlet.write(Unpooled.wrappedBuffer(whole));
            }
            outlet.bodyComplete();
            return;
        }
        try {
            body.open(blocking).subscribe(this);
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    /** The connection can take more. */
    void resume() {
        if (subscription != null && !asked && !over) {
            asked = true;
            subscription.request(1);
        }
    }

    /** The rest is not wanted. */
    void stop() {
        if (!over) {
            over = true;
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        run(() -> {
            if (subscription != null) {
                given.cancel();
                return;
            }
            subscription = given;
            if (over) {
                given.cancel();
            } else {
                resume();
            }
        });
    }

    @Override
    public void onNext(ByteBuffer item) {
        run(() -> accept(item));
    }

    @Override
    public void onError(Throwable cause) {
        run(() -> {
            if (!over) {
                broken(cause);
            }
        });
    }

    @Override
    public void onComplete() {
        run(this::complete);
    }

    private void run(Runnable step) {
        if (loop.inEventLoop()) {
            step.run();
        } else {
            loop.execute(step);
        }
    }

    private void accept(ByteBuffer item) {
        if (over) {
            return;
        }
        asked = false;
        seen += item.remaining();
        if (body.length() >= 0 && seen > body.length()) {
            if (subscription != null) {
                subscription.cancel();
            }
            broken(new IOException(
                    "request body: more than " + body.length() + " bytes came, exactly as many were announced"));
            return;
        }
        if (item.hasRemaining()) {
            outlet.write(Unpooled.wrappedBuffer(item));
        }
        if (outlet.writable()) {
            resume();
        }
    }

    private void complete() {
        if (over) {
            return;
        }
        if (body.length() >= 0 && seen < body.length()) {
            broken(new IOException(
                    "request body: it ended after " + seen + " bytes, " + body.length() + " were announced"));
            return;
        }
        over = true;
        outlet.bodyComplete();
    }

    private void broken(Throwable cause) {
        over = true;
        outlet.bodyBroken(cause);
    }
}
