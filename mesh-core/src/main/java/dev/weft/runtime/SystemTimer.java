package dev.weft.runtime;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

enum SystemTimer implements Timer {
    INSTANCE;

    private static final Logger log = LoggerFactory.getLogger(Timer.class);

    private final ScheduledThreadPoolExecutor executor;

    SystemTimer() {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "weft-timer");
            thread.setDaemon(true);
            return thread;
        });
        // Most timers are deadlines that never fire; without this they would stay in the heap until they expire.
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Handle schedule(long delayNanos, Runnable task) {
        ScheduledFuture<?> future =
                executor.schedule(() -> guarded(task), Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.warn("a timer task failed; this is a defect in Weft or in a listener called from it", e);
        }
    }
}
