package dev.weft.control;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;

/** The machine that tests run on. */
final class Machine {
    /** Runnable threads per core over the last minute. A build that has just ended leaves about one. */
    private static final double BUSY = 3;

    private Machine() {}

    /** Skips a test whose bar is a time, where others take that time away: it would say nothing about Weft. */
    static void assumeQuiet() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        int cores = Runtime.getRuntime().availableProcessors();
        assumeTrue(load < BUSY * cores, "skipped: the machine is busy, load " + load + " on " + cores + " cores");
    }
}
