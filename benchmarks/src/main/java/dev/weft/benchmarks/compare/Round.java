package dev.weft.benchmarks.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What one contender did in one round.
 *
 * @param perSecond calls
 * @param p50Nanos median latency
 * @param p99Nanos 99th percentile
 * @param bytesPerCall on the heap, of all threads of the process
 */
record Round(double perSecond, long p50Nanos, long p99Nanos, double bytesPerCall) {
    private static final int MOST_SAMPLES = 500_000;

    /** Calls from that many threads, each as fast as it can, for that long. */
    static Round measure(Contender contender, int threads, long millis) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<long[]> samples = new ArrayList<>();
        int[] counts = new int[threads];
        long[] allocated = new long[threads];
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int index = i;
            long[] mine = new long[MOST_SAMPLES];
            samples.add(mine);
            Thread worker = new Thread(() -> {
                try {
                    long before = Allocation.ofThisThread();
                    counts[index] = calls(contender, mine, stop);
                    allocated[index] = Allocation.ofThisThread() - before;
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            workers.add(worker);
        }
        Allocation others = Allocation.ofOtherThreads();
        long start = System.nanoTime();
        workers.forEach(Thread::start);
        Thread.sleep(millis);
        stop.set(true);
        for (Thread worker : workers) {
            worker.join();
        }
        long took = System.nanoTime() - start;
        if (failure.get() != null) {
            throw new IllegalStateException(contender.name(), failure.get());
        }
        long bytes = others.since() + Arrays.stream(allocated).sum();
        return of(samples, counts, took, bytes);
    }

    private static int calls(Contender contender, long[] samples, AtomicBoolean stop) throws Exception {
        int count = 0;
        while (!stop.get() && count < samples.length) {
            long begin = System.nanoTime();
            int bytes = contender.call().run();
            samples[count++] = System.nanoTime() - begin;
            if (bytes != 1024) {
                throw new IllegalStateException(bytes + " bytes came, 1024 were expected");
            }
        }
        return count;
    }

    private static Round of(List<long[]> samples, int[] counts, long took, long bytes) {
        int total = Arrays.stream(counts).sum();
        long[] all = new long[total];
        int at = 0;
        for (int i = 0; i < counts.length; i++) {
            System.arraycopy(samples.get(i), 0, all, at, counts[i]);
            at += counts[i];
        }
        Arrays.sort(all);
        return new Round(total * 1e9 / took, all[total / 2], all[(int) (total * 0.99)], (double) bytes / total);
    }
}
