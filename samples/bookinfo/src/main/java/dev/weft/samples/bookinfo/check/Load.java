package dev.weft.samples.bookinfo.check;

import dev.weft.samples.bookinfo.launch.Patience;
import dev.weft.samples.bookinfo.launch.Visit;
import dev.weft.samples.bookinfo.launch.Visitor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Several people looking at the page at the same time, each again as soon as it has come. */
final class Load {
    private static final int PEOPLE = 8;

    private final ConcurrentLinkedQueue<Visit> visits = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    private Load() {}

    /** Runs until {@link #end}. */
    static Load start(Visitor visitor) {
        Load load = new Load();
        load.run(visitor, PEOPLE, () -> !load.over);
        return load;
    }

    /** One person, who takes a moment between visits; runs until {@link #end}. */
    static Load ofOne(Visitor visitor) {
        Load load = new Load();
        load.run(visitor, 1, () -> new Patience(1_000).pause() && !load.over);
        return load;
    }

    /** A number of visits, and their end. */
    static List<Visit> of(Visitor visitor, int count) throws InterruptedException {
        Load load = new Load();
        AtomicInteger left = new AtomicInteger(count);
        load.run(visitor, PEOPLE, () -> left.getAndDecrement() > 0);
        return load.awaited();
    }

    int count() {
        return visits.size();
    }

    List<Visit> end() throws InterruptedException {
        over = true;
        return awaited();
    }

    private List<Visit> awaited() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(visits);
    }

    private void run(Visitor visitor, int people, BooleanSupplier more) {
        for (int i = 0; i < people; i++) {
            Thread thread = new Thread(
                    () -> {
                        while (more.getAsBoolean()) {
                            visits.add(visitor.visit(Optional.empty()));
                        }
                    },
                    "load-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }
}
