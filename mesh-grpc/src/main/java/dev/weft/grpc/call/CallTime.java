package dev.weft.grpc.call;

import dev.weft.request.Deadline;
import io.grpc.CallOptions;
import io.grpc.Context;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How much time gRPC gives to a call. */
final class CallTime {
    private CallTime() {}

    /** The earlier one of the call's own and the context's; null: none. */
    static io.grpc.@Nullable Deadline of(CallOptions options, Context context) {
        io.grpc.Deadline own = options.getDeadline();
        io.grpc.Deadline around = context.getDeadline();
        return own == null ? around : around == null ? own : own.minimum(around);
    }

    /** Whether a context was cancelled by its own deadline; users may say that something took too long, too. */
    static boolean isOver(Context context) {
        io.grpc.Deadline around = context.getDeadline();
        return context.cancellationCause() instanceof TimeoutException && around != null && around.isExpired();
    }

    /** The same on the mesh's clock. */
    static Deadline at(io.grpc.@Nullable Deadline deadline, long now) {
        return deadline == null ? Deadline.NONE : Deadline.after(now, deadline.timeRemaining(TimeUnit.NANOSECONDS));
    }

    /** As {@code grpc-timeout} says it: at most eight digits, in the finest unit that has room. */
    static String onWire(io.grpc.Deadline deadline) {
        long nanos = Math.max(1, deadline.timeRemaining(TimeUnit.NANOSECONDS));
        long most = 100_000_000;
        if (nanos < most) {
            return nanos + "n";
        } else if (nanos / 1_000 < most) {
            return nanos / 1_000 + "u";
        } else if (nanos / 1_000_000 < most) {
            return nanos / 1_000_000 + "m";
        }
        return Math.min(most - 1, nanos / 1_000_000_000) + "S";
    }
}
