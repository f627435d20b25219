package dev.weft.samples.bookinfo.launch;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Somebody has to look at the page for the table to move: ten visits a second, two of them jason's. */
final class Trickle implements AutoCloseable {
    private static final int PER_SECOND = 10;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(24, task -> {
        Thread thread = new Thread(task, "trickle");
        thread.setDaemon(true);
        return thread;
    });

    // Slow pages must not take every thread from the others.
    private final Semaphore jasons = new Semaphore(18);

    private final Visitor visitor;
    private final RecentVisits visits;
    private long turn;

    Trickle(Visitor visitor, RecentVisits visits) {
        this.visitor = visitor;
        this.visits = visits;
        threads.scheduleAtFixedRate(this::next, 0, 1_000 / PER_SECOND, TimeUnit.MILLISECONDS);
    }

    // Runs never beside itself.
    private void next() {
        boolean jason = turn++ % 5 == 4;
        if (jason && !jasons.tryAcquire()) {
            return;
        }
        threads.execute(() -> {
            try {
                visits.add(jason, visitor.visit(jason ? Optional.of("jason") : Optional.empty()));
            } finally {
                if (jason) {
                    jasons.release();
                }
            }
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
