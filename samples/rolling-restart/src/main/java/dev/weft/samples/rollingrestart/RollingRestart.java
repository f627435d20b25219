package dev.weft.samples.rollingrestart;

import dev.weft.Mesh;
import dev.weft.http.MeshHttpClient;
import dev.weft.http.MeshResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Three instances of {@link Stock}, callers who never pause, and each instance replaced in turn: ended by SIGTERM, or with {@code --kill}
 * by SIGKILL, and started anew. Ends with 1 if a call failed; a kill may cost what was in flight, one call of each caller.
 */
public final class RollingRestart {
    private static final int INSTANCES = 3;
    private static final long AT_LEAST = 20_000;

    private final Path directory;
    private final boolean kill;
    private final Retries retries = new Retries();
    private final List<Instance> instances = new ArrayList<>();

    private RollingRestart(Path directory, boolean kill) {
        this.directory = directory;
        this.kill = kill;
    }

    /** @param args a directory for logs, and perhaps {@code --kill} */
    public static void main(String[] args) throws Exception {
        System.exit(new RollingRestart(Path.of(args[0]), Arrays.asList(args).contains("--kill")).run());
    }

    private int run() throws Exception {
        for (int i = 1; i <= INSTANCES; i++) {
            instances.add(Instance.start("stock-" + i, directory));
        }
        try (Mesh mesh = Mesh.builder().service("visitor").observer(retries).start()) {
            mesh.awaitReady(Duration.ofSeconds(90));
            MeshHttpClient http = MeshHttpClient.of(mesh);
            waitUntil("stock answers", () -> answers(http));
            Load load = Load.start(http);
            for (Instance instance : instances) {
                waitUntil(instance.name + " answers", () -> load.of(instance.name) > 0);
            }
            System.out.printf("%-12s %8s %8s %12s %12s%n", "restarted", "calls", "failed", "ended in", "back after");
            for (int i = 0; i < INSTANCES; i++) {
                restart(load, i);
            }
            waitUntil(AT_LEAST + " calls", () -> load.requests.get() >= AT_LEAST);
            load.end();
            return report(load);
        } finally {
            for (Instance instance : instances) {
                instance.end(true);
            }
        }
    }

    private static boolean answers(MeshHttpClient http) {
        try (MeshResponse response = http.get("http://stock:8080/stock/first")) {
            return response.status() == 200;
        }
    }

    private void restart(Load load, int i) throws IOException, InterruptedException {
        Instance old = instances.get(i);
        long calls = load.requests.get();
        long failed = load.failures.size();
        long start = System.nanoTime();
        old.end(kill);
        long ended = System.nanoTime();
        Instance next = Instance.start(old.name + "-new", directory);
        instances.set(i, next);
        waitUntil(next.name + " answers", () -> load.of(next.name) > 0);
        System.out.printf(
                "%-12s %8d %8d %9d ms %9d ms%n",
                old.name,
                load.requests.get() - calls,
                load.failures.size() - failed,
                (ended - start) / 1_000_000,
                (System.nanoTime() - ended) / 1_000_000);
    }

    private int report(Load load) {
        load.failures.stream().limit(10).forEach(failure -> System.out.println("  " + failure));
        System.out.printf(
                "%d calls, %d failed, %d tried again%n", load.requests.get(), load.failures.size(), retries.count());
        // Each caller may have had one call at the process that was killed.
        long bearable = kill ? INSTANCES * Load.CALLERS : 0;
        return load.failures.size() <= bearable ? 0 : 1;
    }

    private void waitUntil(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 120_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("after 2 min still not: " + what + "; logs are in " + directory);
            }
            for (Instance instance : instances) {
                if (!instance.isAlive()) {
                    throw new IllegalStateException(instance.name + " has ended by itself: " + tail(instance.log));
                }
            }
            Thread.sleep(5);
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }
}
