package dev.weft.engine;

import dev.weft.engine.OutboundExchange.Phase;
import dev.weft.request.LocalReply;
import dev.weft.request.ResponseFlag;
import org.jspecify.annotations.Nullable;

/**
 * Of a call that would rather wait than be told that no host can be reached ({@link ExchangeOptions#waitForReady}). It begins again
 * when its configuration or its hosts change, and after a back-off in any case, until its time is over. Route, fault and copies are not
 * drawn anew, and each beginning has the policy's retries again. Used by handlers only.
 */
final class Patience {
    private static final int FIRST_MILLIS = 100;

    // A server that returns unannounced is found within this time; what the control plane says is heard at once.
    private static final int LONGEST_MILLIS = 5_000;

    private final OutboundExchange exchange;
    private int waits;
    private @Nullable LocalReply refusal;

    /** The hosts that were not good enough; null when the back-off is over and they may be tried again. */
    private @Nullable Object tried;

    Patience(OutboundExchange exchange) {
        this.exchange = exchange;
    }

    /** Whether the call may begin again when there is somebody to reach. */
    static boolean mayWait(OutboundExchange exchange) {
        boolean untouched = exchange.tries == null || exchange.tries.current == null;
        return exchange.options.waitForReady()
                && (untouched
                        || exchange.replayable && !exchange.options.hints().noRetry());
    }

    /**
     * @param why what the caller would have been told
     * @param hosts as they were when they were chosen from, or null
     */
    void await(LocalReply why, @Nullable Object hosts) {
        refusal = why;
        tried = hosts;
        Tries tries = exchange.tries;
        if (tries != null) {
            tries.release();
        }
        // Used-up retries are no news about a call that goes on.
        exchange.book.unflag(ResponseFlag.URX);
        exchange.book.unflag(ResponseFlag.UO);
        int bound = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(waits, 8));
        waits++;
        // Half of it by chance, so that the calls of one moment do not come back in one moment.
        long millis = bound / 2 + exchange.engine.dice().nextInt(bound / 2) + 1L;
        exchange.resumeAt = Nanos.after(exchange.engine.now(), millis * 1_000_000);
        stay();
    }

    private void stay() {
        exchange.phase = Phase.WAITING;
        exchange.engine.await(exchange, exchange.configuration, null);
        // What changed between the choice and the entry among those who wait has gone past this call.
        if (tried != null && exchange.tries != null && exchange.tries.destination.hosts() != tried) {
            exchange.configured();
        }
        exchange.arm();
    }

    void backOffIsOver() {
        tried = null;
    }

    /** Whether these are the hosts that were tried last and there is nothing new about them; then the call goes on waiting. */
    boolean waitsOn(Destination to) {
        if (tried != to.hosts()) {
            return false;
        }
        stay();
        return true;
    }

    /** For reasons and explanations. */
    String words() {
        return "waited " + (waits == 1 ? "once" : waits + " times")
                + " for a host (waitForReady), the last time because of: " + (refusal == null ? "" : refusal.reason());
    }
}
