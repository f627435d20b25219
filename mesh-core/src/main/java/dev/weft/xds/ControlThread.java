package dev.weft.xds;

import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns the client's state. Others hand it tasks; what runs elsewhere by mistake is found by {@link
 * #check}. Tasks must not block.
 */
final class ControlThread implements Executor, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ControlThread.class);

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final World world;
    private final Thread thread;
    /** Written by {@link #close}, read by the control thread. */
    private volatile boolean closed;

    ControlThread(String name, World world) {
        this.world = world;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs the task after those handed over before; never, once closed. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Runs the task on this thread after a while. */
    Timer.Handle after(Duration delay, Runnable task) {
        return world.timer().schedule(delay.toNanos(), () -> execute(task));
    }

    /** @throws IllegalStateException on any other thread */
    void check() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException(
                    "on " + Thread.currentThread().getName() + " instead of " + thread.getName());
        }
    }

    private void run() {
        while (!closed) {
            try {
                tasks.take().run();
            } catch (InterruptedException e) {
                // A listener left the flag behind, or somebody interrupts what is not his: the stream must go on until
                // close().
                log.debug("the control thread was interrupted and goes on", e);
            } catch (RuntimeException | Error e) {
                log.warn(
                        "a task of the xDS client failed; this is a defect in Weft or in a listener called from it", e);
            }
        }
    }

    /** Lets the task that runs finish, and drops those behind it. */
    @Override
    public void close() {
        closed = true;
        execute(() -> {});
    }
}
