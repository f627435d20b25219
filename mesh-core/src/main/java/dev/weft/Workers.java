package dev.weft;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for what may block and is nobody's request: looking up names, telling listeners. */
final class Workers {
    /** Names that take seconds must not hold up those that do not; more threads would help nobody. */
    private static final int THREADS = 4;

    private Workers() {}

    /** One daemon thread for the identity: names that take seconds must not hold up a renewal. */
    static ThreadPoolExecutor one(String name) {
        ThreadPoolExecutor worker =
                new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        worker.allowCoreThreadTimeOut(true);
        return worker;
    }

    /** Daemon threads that come with the first task and go when idle. */
    static ThreadPoolExecutor named(String service) {
        ThreadPoolExecutor workers =
                new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "weft-worker-" + service);
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }
}
