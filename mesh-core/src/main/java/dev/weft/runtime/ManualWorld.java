package dev.weft.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * A world for tests. Time starts at 0 ns and epoch 1,000,000,000,000 ms and moves only by {@link #advance}, which runs the
 * timers that fall due, in order, on the calling thread. Dice return what was scripted and then 0. Thread-safe by one lock;
 * timer tasks run outside it.
 */
public final class ManualWorld implements Ticker, Timer, Randomness {
    private static final long EPOCH_MILLIS = 1_000_000_000_000L;

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private final Deque<Long> dice = new ArrayDeque<>();
    private long now;
    private long sequence;

    ManualWorld() {}

    /** This world in the form that the builders take. */
    public World world() {
        return new World(this, this, this);
    }

    /** Moves time forward, running each timer at its own instant. */
    public void advance(Duration by) {
        long target;
        synchronized (this) {
            target = now + by.toNanos();
        }
        while (true) {
            Task due;
            synchronized (this) {
                due = tasks.peek();
                if (due == null || due.at > target) {
                    now = target;
                    return;
                }
                tasks.poll();
                now = Math.max(now, due.at);
            }
            due.task.run();
        }
    }

    /** Scripts the next results of {@link #nextInt} and {@link #nextLong}, taken in order. */
    public synchronized ManualWorld dice(long... values) {
        for (long value : values) {
            dice.add(value);
        }
        return this;
    }

    /** How many timers are waiting. */
    public synchronized int pendingTimers() {
        return tasks.size();
    }

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized long epochMillis() {
        return EPOCH_MILLIS + now / 1_000_000;
    }

    @Override
    public synchronized Handle schedule(long delayNanos, Runnable task) {
        Task entry = new Task(now + Math.max(0, delayNanos), sequence++, task);
        tasks.add(entry);
        return () -> {
            synchronized (ManualWorld.this) {
                tasks.remove(entry);
            }
        };
    }

    @Override
    public synchronized int nextInt(int bound) {
        Long scripted = dice.poll();
        return scripted == null ? 0 : (int) Math.floorMod(scripted, (long) bound);
    }

    @Override
    public synchronized long nextLong() {
        Long scripted = dice.poll();
        return scripted == null ? 0 : scripted;
    }

    private record Task(long at, long order, Runnable task) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
