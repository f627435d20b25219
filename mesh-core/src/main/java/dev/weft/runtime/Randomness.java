package dev.weft.runtime;

import java.util.concurrent.ThreadLocalRandom;

/** Dice. Not for keys or tokens. Safe for use from any thread. */
public interface Randomness {

    /** A uniform number in [0, bound); {@code bound} is at least 1. */
    int nextInt(int bound);

    /** A uniform number over all longs. */
    long nextLong();

    /** The JVM's thread-local generator. */
    static Randomness system() {
        return new Randomness() {
            @Override
            public int nextInt(int bound) {
                return ThreadLocalRandom.current().nextInt(bound);
            }

            @Override
            public long nextLong() {
                return ThreadLocalRandom.current().nextLong();
            }
        };
    }
}
