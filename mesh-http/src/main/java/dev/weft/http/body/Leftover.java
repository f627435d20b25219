package dev.weft.http.body;

import dev.weft.runtime.Timer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What nobody read of a response. A short rest is thrown away as it comes, without anybody waiting, so that its connection can serve
 * again; a long or a slow one costs more than a new connection and ends the attempt.
 */
public final class Leftover implements Runnable {
    // What a socket's buffer holds anyway.
    private static final long MOST = 64 * 1024;

    // A rest that is on its way arrives within a round trip.
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private final IncomingBody body;
    private final AtomicLong left = new AtomicLong(MOST);
    private final Timer.Handle timer;

    private Leftover(IncomingBody body, Timer timer) {
        this.body = body;
        this.timer = timer.schedule(PATIENCE, body::close);
    }

    /** Harmless for a body that has been read to its end or closed. */
    public static void discard(IncomingBody body, Timer timer) {
        if (settled(body)) {
            body.close();
        } else {
            body.onReadable(new Leftover(body, timer));
        }
    }

    private static boolean settled(IncomingBody body) {
        try {
            return body.over();
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void run() {
        boolean over = true;
        try {
            ByteBuffer next = body.poll();
            while (next != null && left.addAndGet(-next.remaining()) >= 0) {
                next = body.poll();
            }
            over = next != null || body.over();
        } catch (IOException e) {
            // It broke off or was closed: there is no rest.
        }
        if (over) {
            timer.cancel();
            body.close();
        }
    }
}
