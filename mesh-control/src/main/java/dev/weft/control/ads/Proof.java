package dev.weft.control.ads;

import dev.weft.control.access.AuditLog;
import dev.weft.control.access.Caller;
import dev.weft.control.access.Connection;
import dev.weft.control.access.Refusals;
import dev.weft.control.access.RefusedException;
import dev.weft.control.access.RefusedException.Reason;
import dev.weft.runtime.Timer;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the client of a stream proved when it opened it.
 *
 * @param caller who it is
 * @param source its address, for the audit log
 */
record Proof(Caller caller, String source) {

    /** Of the call that is being opened on this thread; null if it came over a port that asks for no credential. */
    static @Nullable Proof ofCurrentCall() {
        Caller caller = Caller.current();
        Connection connection = Connection.current();
        return caller == null || connection == null ? null : new Proof(caller, connection.address());
    }

    /** Ends the stream, with words, when the credential that opened it is over; on the context's executor. */
    Timer.Handle whenOver(AdsContext context, Consumer<Status> close) {
        long millis =
                Math.max(0, caller.expiresMillis() - context.world.ticker().epochMillis());
        Status over = Status.UNAVAILABLE.withDescription(
                "the " + caller.method() + " by which this stream was opened has ended; connect again by a newer one");
        return context.world
                .timer()
                .schedule(
                        TimeUnit.MILLISECONDS.toNanos(millis),
                        () -> context.executor.execute(() -> close.accept(over)));
    }

    /** Writes down that the client spoke for another than itself, if that is why its stream ends. Waits for the disk. */
    void broken(Status why, @Nullable Refusals refusals) {
        if (why.getCode() == Status.Code.PERMISSION_DENIED && refusals != null) {
            refusals.add(
                    new AuditLog.Request(source, caller.method(), caller.identity()),
                    new RefusedException(Reason.FOREIGN_IDENTITY, String.valueOf(why.getDescription())));
        }
    }
}
