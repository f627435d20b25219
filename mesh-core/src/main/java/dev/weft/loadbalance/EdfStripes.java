package dev.weft.loadbalance;

import dev.weft.runtime.Randomness;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntToDoubleFunction;

/**
 * A few {@link EdfSchedule}s side by side, as Envoy has one for each of its threads. A thread takes the first that is free,
 * starting from its own, and never waits: there are as many as processors, so all are busy only while threads that hold one
 * are off the processor; then the choice is drawn.
 */
final class EdfStripes {
    private static final int STRIPES = Math.min(8, Runtime.getRuntime().availableProcessors());
    // Neighbouring marks would share a cache line.
    private static final int SPACING = 16;

    private final int size;
    private final EdfSchedule[] schedules = new EdfSchedule[STRIPES];
    private final AtomicIntegerArray busy = new AtomicIntegerArray(STRIPES * SPACING);
    private final Randomness dice;

    EdfStripes(int size, IntToDoubleFunction weights, Randomness dice) {
        this.size = size;
        this.dice = dice;
        for (int i = 0; i < STRIPES; i++) {
            schedules[i] = new EdfSchedule(size, weights, dice.nextInt(size));
        }
    }

    int next() {
        int mine = (int) (Thread.currentThread().getId() % STRIPES);
        for (int i = 0; i < STRIPES; i++) {
            int stripe = (mine + i) % STRIPES;
            if (busy.compareAndSet(stripe * SPACING, 0, 1)) {
                try {
                    return schedules[stripe].next();
                } finally {
                    busy.set(stripe * SPACING, 0);
                }
            }
        }
        return dice.nextInt(size);
    }
}
