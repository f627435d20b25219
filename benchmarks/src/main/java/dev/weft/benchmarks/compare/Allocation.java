package dev.weft.benchmarks.compare;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What threads have allocated on the heap. */
final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long[] ids;
    private final long[] before;

    private Allocation(long[] ids) {
        this.ids = ids;
        before = THREADS.getThreadAllocatedBytes(ids);
    }

    static long ofThisThread() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** Of the threads that are there now: event loops, executors, timers. */
    static Allocation ofOtherThreads() {
        return new Allocation(THREADS.getAllThreadIds());
    }

    /** Bytes since then; threads that have ended meanwhile do not count. */
    long since() {
        long[] after = THREADS.getThreadAllocatedBytes(ids);
        long sum = 0;
        for (int i = 0; i < ids.length; i++) {
            if (after[i] >= 0 && before[i] >= 0) {
                sum += after[i] - before[i];
            }
        }
        return sum;
    }
}
