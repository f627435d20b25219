package dev.weft.http.kit;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** The most memory, on and off the heap, that was seen in use after a collection. For one thread at a time. */
final class HighWater {
    // A collection for every so many bytes that go by.
    private static final long STEP = 16L * 1024 * 1024;

    private final long start = used();
    private long highest = start;
    private long next = STEP;

    private HighWater() {}

    static HighWater start() {
        return new HighWater();
    }

    void look(long bytesPassed) {
        if (bytesPassed >= next) {
            next += STEP;
            highest = Math.max(highest, used());
        }
    }

    long megabytesAboveStart() {
        return (highest - start) / (1024 * 1024);
    }

    private static long used() {
        System.gc();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return direct
                + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                + io.netty.util.internal.PlatformDependent.usedDirectMemory();
    }
}
