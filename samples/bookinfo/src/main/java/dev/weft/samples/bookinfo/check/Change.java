package dev.weft.samples.bookinfo.check;

import dev.weft.samples.bookinfo.launch.Scene;
import dev.weft.samples.bookinfo.launch.Visit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * How soon a changed file is seen on the page.
 *
 * @param millis from the moment before the file was written to the end of the visit that shows it
 * @param seen whether it was seen, and after the limit nothing else was
 */
record Change(long millis, boolean seen) {
    static final long LIMIT_MILLIS = 1_000;

    /** Some visits after the limit, to see that nobody falls back. */
    private static final int AFTERWARDS = 10;

    private static final long SLOW_EVERY_MILLIS = 50;

    /**
     * The scene decides every visit: from some visit on all look like {@code wanted}.
     *
     * @param user who looks
     */
    static Change toAll(Stage stage, Scene scene, Optional<String> user, Predicate<Visit> wanted) throws IOException {
        long begun = System.nanoTime();
        stage.live().play(scene);
        Visit lastOther = null;
        Visit first = null;
        int afterwards = 0;
        while (afterwards < AFTERWARDS) {
            Visit visit = stage.visitor().visit(user);
            if (!wanted.test(visit)) {
                lastOther = visit;
                first = null;
            } else if (first == null) {
                first = visit;
            }
            if (millis(begun, visit.startedNanos()) > LIMIT_MILLIS) {
                afterwards++;
            }
        }
        boolean late = first == null
                || (lastOther != null && millis(begun, lastOther.startedNanos()) > LIMIT_MILLIS)
                || millis(begun, first.endedNanos()) > LIMIT_MILLIS;
        return new Change(first == null ? -1 : millis(begun, first.endedNanos()), !late);
    }

    /** The scene decides some of the visits: the first that looks like {@code wanted} counts. */
    static Change toSome(Stage stage, Scene scene, Optional<String> user, Predicate<Visit> wanted) throws IOException {
        long begun = System.nanoTime();
        stage.live().play(scene);
        while (true) {
            Visit visit = stage.visitor().visit(user);
            if (wanted.test(visit)) {
                long millis = millis(begun, visit.endedNanos());
                return new Change(millis, millis <= LIMIT_MILLIS);
            }
            if (millis(begun, visit.startedNanos()) > 5 * LIMIT_MILLIS) {
                return new Change(-1, false);
            }
        }
    }

    /**
     * Visits before or after the change are slow: one is begun every 50 ms without waiting for the others, and the first begun
     * that comes out as {@code wanted} counts, by the time of its beginning.
     */
    static Change toSlow(Stage stage, Scene scene, Optional<String> user, Predicate<Visit> wanted)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        stage.live().play(scene);
        List<CompletableFuture<Visit>> visits = new ArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        while (millis(begun, System.nanoTime()) < LIMIT_MILLIS + SLOW_EVERY_MILLIS) {
            visits.add(CompletableFuture.supplyAsync(() -> stage.visitor().visit(user), threads));
            Thread.sleep(SLOW_EVERY_MILLIS);
        }
        threads.shutdown();
        for (CompletableFuture<Visit> visit : visits) {
            if (wanted.test(visit.join())) {
                long millis = millis(begun, visit.join().startedNanos());
                return new Change(millis, millis <= LIMIT_MILLIS);
            }
        }
        return new Change(-1, false);
    }

    Step.Finding into(Step.Finding finding) {
        return finding.count("visibleMillis", millis)
                .expect(seen, "the change was seen after " + millis + " ms, expected within " + LIMIT_MILLIS);
    }

    private static long millis(long begun, long at) {
        return (at - begun) / 1_000_000;
    }
}
