package dev.weft.http.okhttp;

import dev.weft.http.call.BlockingCall;
import dev.weft.runtime.Timer;
import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/**
 * Ends what the mesh does for a call when the call is cancelled, by its user or by its {@code callTimeout}. OkHttp tells a listener;
 * versions that take none from an interceptor (before 5.2) are asked again and again while the head of an answer is waited for.
 */
final class Cancellation extends EventListener {
    private static final boolean TELLS = tells();

    // How late a cancellation may be noticed by versions that do not tell.
    private static final long ASK_NANOS = 50_000_000;

    private final Call call;
    private final Timer timer;

    // Written by the call's thread, read by whoever cancels and by the timer.
    private volatile @Nullable BlockingCall running;
    private volatile boolean waiting;

    private Cancellation(Call call, Timer timer) {
        this.call = call;
        this.timer = timer;
    }

    static Cancellation of(Call call, Timer timer) {
        Cancellation cancellation = new Cancellation(call, timer);
        if (TELLS) {
            call.addEventListener(cancellation);
        }
        return cancellation;
    }

    private static boolean tells() {
        try {
            Call.class.getMethod("addEventListener", EventListener.class);
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** From now on this is what a cancellation ends, before its answer and while its body is read. */
    void carries(BlockingCall begun) {
        running = begun;
        waiting = true;
        if (TELLS) {
            // It may have come before anybody was there to be told.
            endIfCanceled();
        } else {
            ask();
        }
    }

    void headCame() {
        waiting = false;
    }

    @Override
    public void canceled(Call canceled) {
        BlockingCall begun = running;
        if (begun != null) {
            begun.cancel();
        }
    }

    private void ask() {
        if (waiting && !endIfCanceled()) {
            timer.schedule(ASK_NANOS, this::ask);
        }
    }

    private boolean endIfCanceled() {
        boolean canceled = call.isCanceled();
        if (canceled) {
            canceled(call);
        }
        return canceled;
    }
}
