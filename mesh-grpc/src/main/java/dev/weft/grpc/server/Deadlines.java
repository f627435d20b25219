package dev.weft.grpc.server;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.internal.GrpcUtil;
import io.grpc.internal.SharedResourceHolder;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The caller's deadline in gRPC's own context, where it came in another header than gRPC's. */
final class Deadlines {
    /** Two readings of one deadline differ by less. */
    private static final long SAME_NANOS = 2_000_000L;

    private Deadlines() {}

    /**
     * A context that is over when the deadline is.
     *
     * @param remaining nanoseconds, {@link Long#MAX_VALUE} without a deadline
     */
    static Context in(Context context, long remaining) {
        if (remaining == Long.MAX_VALUE) {
            return context;
        }
        Deadline known = context.getDeadline();
        return known != null && known.timeRemaining(TimeUnit.NANOSECONDS) <= remaining + SAME_NANOS
                ? context
                : context.withDeadlineAfter(remaining, TimeUnit.NANOSECONDS, Timers.SHARED);
    }

    /** gRPC's own, of which there is one per process while anybody uses it; made when first needed. */
    private static final class Timers {
        static final ScheduledExecutorService SHARED = SharedResourceHolder.get(GrpcUtil.TIMER_SERVICE);
    }
}
