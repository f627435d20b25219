package dev.weft.benchmarks.grpc;

import io.grpc.ManagedChannel;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * Measures the heap that a channel of each kind holds for each 1,000 endpoints: after its first call, and after so many calls that each
 * endpoint has had some. A process with 1,000 endpoints less one with a single endpoint, each with its own other side.
 *
 * <p>Argument: endpoints (1000).
 */
public final class ChannelMemory {
    private ChannelMemory() {}

    public static void main(String[] args) throws Exception {
        int endpoints = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        System.out.printf(
                "%n| channel | KB per 1,000 endpoints, first call | KB, all endpoints called |%n|---|---|---|%n");
        for (Channels kind : Channels.values()) {
            long[] one = measure(kind, 1);
            long[] many = measure(kind, endpoints);
            System.out.printf(
                    "| %s | %,.0f | %,.0f |%n",
                    kind.words,
                    (many[0] - one[0]) * 1000.0 / (endpoints - 1) / 1024,
                    (many[1] - one[1]) * 1000.0 / (endpoints - 1) / 1024);
        }
    }

    private static long[] measure(Channels kind, int endpoints) throws Exception {
        Process process = Far.java(OneChannel.class, kind.name(), String.valueOf(endpoints))
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            if (line == null) {
                throw new IllegalStateException(kind + " with " + endpoints + " endpoints did not come to its end");
            }
            return new long[] {
                Long.parseLong(line.substring(0, line.indexOf(' '))),
                Long.parseLong(line.substring(line.indexOf(' ') + 1))
            };
        } finally {
            process.destroy();
        }
    }

    /** One channel in a process of its own; prints the bytes in use at both moments. */
    public static final class OneChannel {
        private static final int CALLS_PER_ENDPOINT = 3;

        private OneChannel() {}

        public static void main(String[] args) throws Exception {
            int endpoints = Integer.parseInt(args[1]);
            try (Far far = Far.start(endpoints)) {
                ManagedChannel channel = Channels.valueOf(args[0]).to(far);
                ChannelComparison.first(channel);
                long first = used();
                for (int i = 0; i < CALLS_PER_ENDPOINT * 1_000; i++) {
                    ChannelComparison.call(channel);
                }
                System.out.println(first + " " + used());
            }
            System.exit(0);
        }

        private static long used() throws InterruptedException {
            long least = Long.MAX_VALUE;
            // What was let go meanwhile is found by a later collection only.
            for (int i = 0; i < 5; i++) {
                System.gc();
                Thread.sleep(300);
                least = Math.min(
                        least,
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }
            return least;
        }
    }
}
