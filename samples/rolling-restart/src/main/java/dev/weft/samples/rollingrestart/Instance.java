package dev.weft.samples.rollingrestart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of the service. Not for use by several threads at once. */
final class Instance {
    final String name;
    final Path log;
    private final Process process;

    private Instance(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** @param directory for its log and what the mesh keeps */
    static Instance start(String name, Path directory) throws IOException {
        Path log = directory.resolve(name + ".log");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        if (Runtime.version().feature() >= 24) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Stock.class.getName()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("MESH_INSTANCE", name);
        builder.environment().put("MESH_DATA_DIRECTORY", directory.resolve(name).toString());
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Instance(name, log, process);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM, as whoever deploys sends it, or with {@code kill} SIGKILL; returns when it has ended. */
    void end(boolean kill) throws InterruptedException {
        if (kill) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " has not ended 40 s after it was told to, see " + log);
        }
    }
}
