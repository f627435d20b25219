package dev.weft.http.hc5;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after the other, as the library's reactor does for one exchange, on an executor that may be blocked. */
final class InTurn implements Executor, Runnable {
    private static final Logger log = LoggerFactory.getLogger(InTurn.class);

    private final Executor executor;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    // Tasks in the queue, the running one included.
    private final AtomicInteger waiting = new AtomicInteger();

    InTurn(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            executor.execute(this);
        }
    }

    @Override
    public void run() {
        do {
            Runnable task = tasks.poll();
            try {
                if (task != null) {
                    task.run();
                }
            } catch (RuntimeException | Error e) {
                // The user's callback; what comes after it must come all the same.
                log.warn("a callback of an Apache HttpClient exchange threw", e);
            }
        } while (waiting.decrementAndGet() > 0);
    }
}
