package dev.weft.control.secure;

import dev.weft.runtime.Ticker;
import dev.weft.runtime.Timer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The machine's timer, for a clock that is set forward: what comes due in between is done when somebody says so. Each task once. */
final class SkewedTimer implements Timer {
    private final Ticker clock;
    private final Set<Task> waiting = ConcurrentHashMap.newKeySet();

    SkewedTimer(Ticker clock) {
        this.clock = clock;
    }

    @Override
    public Handle schedule(long delayNanos, Runnable what) {
        Task task = new Task(clock.epochMillis() + TimeUnit.NANOSECONDS.toMillis(delayNanos), what);
        waiting.add(task);
        Handle real = Timer.system().schedule(delayNanos, task);
        return () -> {
            waiting.remove(task);
            real.cancel();
        };
    }

    void runDue(long afterMillis, long untilMillis) {
        waiting.stream()
                .filter(task -> task.dueMillis > afterMillis && task.dueMillis <= untilMillis)
                .forEach(Task::run);
    }

    private final class Task implements Runnable {
        private final long dueMillis;
        private final Runnable what;

        Task(long dueMillis, Runnable what) {
            this.dueMillis = dueMillis;
            this.what = what;
        }

        @Override
        public void run() {
            if (waiting.remove(this)) {
                what.run();
            }
        }
    }
}
