package dev.weft.http.transport;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where user code and blocking work run, which must not hold up an event loop: callbacks, request bodies, name resolution. A virtual thread
 * per task where the JDK has them without pinning (24 and later), else a pool that grows as needed.
 */
final class Blocking {
    private Blocking() {}

    static ExecutorService start() {
        if (Runtime.version().feature() >= 24) {
            try {
                MethodHandle make = MethodHandles.publicLookup()
                        .findStatic(
                                Executors.class,
                                "newVirtualThreadPerTaskExecutor",
                                MethodType.methodType(ExecutorService.class));
                return (ExecutorService) make.invoke();
            } catch (Throwable e) {
                // A runtime without them: the pool does as well.
                return pool();
            }
        }
        return pool();
    }

    private static ExecutorService pool() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "weft-http-blocking-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
