package dev.weft.resilience.fault;

import dev.weft.config.FaultInjection;
import dev.weft.config.Fraction;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.ResponseFlag;
import dev.weft.runtime.Randomness;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * What the dice made of a route's fault for one request.
 *
 * @param delayNanos 0 = not held back
 * @param abort or null: goes on to the server
 */
public record DrawnFault(long delayNanos, FaultInjection.@Nullable Abort abort) {
    /** Nothing happens to this request. */
    public static final DrawnFault NONE = new DrawnFault(0, null);

    /** Throws the dice: one for the delay, then one for the abort; none where the share is everything or nothing. */
    public static DrawnFault draw(FaultInjection fault, Randomness dice) {
        FaultInjection.Delay delay = fault.delay();
        FaultInjection.Abort abort = fault.abort();
        long nanos =
                delay != null && hits(delay.share(), dice) ? delay.duration().toNanos() : 0;
        boolean aborted = abort != null && hits(abort.share(), dice);
        return nanos == 0 && !aborted ? NONE : new DrawnFault(nanos, aborted ? abort : null);
    }

    private static boolean hits(Fraction share, Randomness dice) {
        return share.always() || (!share.never() && share.selects(dice.nextInt(share.denominator())));
    }

    /**
     * The answer of an abort. A caller that does not speak gRPC gets status 200 and the body when only a gRPC status is
     * configured, as Envoy does.
     *
     * @param route named in the reason
     */
    public static LocalReply reply(FaultInjection.Abort abort, String route) {
        Integer grpcStatus = abort.grpcStatus();
        String answer = grpcStatus == null ? String.valueOf(abort.httpStatus()) : "gRPC status " + grpcStatus;
        return new LocalReply(
                grpcStatus == null ? abort.httpStatus() : 200,
                EnumSet.of(ResponseFlag.FI),
                route + ": fault injected (FI), abort with " + answer,
                "fault filter abort",
                Headers.of("content-type", "text/plain"),
                grpcStatus);
    }
}
