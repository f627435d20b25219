package dev.weft.runtime;

/**
 * Runs short tasks later. Tasks must not block: all timers of a process may share one thread. Safe for use from any thread.
 */
public interface Timer {

    /**
     * Runs {@code task} once, {@code delayNanos} from now.
     *
     * @param delayNanos zero or less means as soon as possible, still on the timer's thread
     */
    Handle schedule(long delayNanos, Runnable task);

    /** A scheduled task. */
    interface Handle {

        /** Prevents the task from running if it has not started; harmless otherwise. */
        void cancel();
    }

    /** The process-wide timer: one daemon thread, started with the first task. */
    static Timer system() {
        return SystemTimer.INSTANCE;
    }
}
