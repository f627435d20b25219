package dev.weft.control.ads;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The answer to a goodbye: it means that callers know that the instance is gone, so that it may stop without anybody calling
 * it. It comes when every other stream has acknowledged the change, or when the time is over.
 */
final class Farewell {
    private final ClientStream leaving;
    private final AtomicBoolean said = new AtomicBoolean();

    private Farewell(ClientStream leaving) {
        this.leaving = leaving;
    }

    static void begin(AdsContext context, ClientStream leaving) {
        Farewell farewell = new Farewell(leaving);
        context.world
                .timer()
                .schedule(context.options.goodbye().toNanos(), () -> context.executor.execute(farewell::say));
        context.rounds.afterNext(() -> farewell.await(List.copyOf(context.streams())));
    }

    private void await(List<ClientStream> streams) {
        // One too many, so that it cannot reach zero before all have been asked.
        AtomicInteger missing = new AtomicInteger(streams.size() + 1);
        Runnable arrive = () -> {
            if (missing.decrementAndGet() == 0) {
                say();
            }
        };
        for (ClientStream stream : streams) {
            if (stream == leaving) {
                arrive.run();
            } else {
                stream.whenSettled(arrive);
            }
        }
        arrive.run();
    }

    private void say() {
        if (said.compareAndSet(false, true)) {
            leaving.farewell();
        }
    }
}
