package dev.weft.samples.bookinfo.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One process of the sample, which may be started again after its end. Not for use by several threads at once. */
final class Member {
    private final String name;
    private final Path log;
    private final List<String> command;
    private final Map<String, String> environment;
    // Written by the thread that starts; the one that stops may be another.
    private volatile @Nullable Process process;

    /**
     * @param log everything that it says, of all its lives
     * @param jvm options for its JVM
     * @param main class to run
     */
    Member(String name, Path log, List<String> jvm, String main, Map<String, String> environment) {
        this.name = name;
        this.log = log;
        this.environment = environment;
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(jvm);
        words.add(Child.class.getName());
        words.add(main);
        this.command = List.copyOf(words);
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    void start(List<String> args) throws Trouble {
        List<String> words = new ArrayList<>(command);
        words.addAll(args);
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // What the user's own services are told by variables or a mesh.yaml in this directory is not meant for these.
        builder.directory(log.resolveSibling(".").normalize().toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("MESH_"));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new Trouble(name + " cannot be started: " + e.getMessage());
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    long pid() {
        return process == null ? -1 : process.pid();
    }

    /** SIGKILL: no goodbye. Returns when it is gone. */
    void kill() {
        if (process != null) {
            process.destroyForcibly();
            await(10_000);
        }
    }

    /** Lets it say goodbye; {@link #await} for the end. */
    void stop() {
        if (process != null) {
            try {
                process.getOutputStream().close(); // what Child listens to
            } catch (IOException e) {
                process.destroy();
            }
        }
    }

    boolean await(long millis) {
        try {
            return process == null || process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** For a message: that it ended, and the last lines that it said. */
    String lastWords() {
        String how = process == null
                ? "was never started"
                : process.isAlive() ? "is still running" : "ended with exit code " + process.exitValue();
        StringBuilder words = new StringBuilder(name + " " + how + "; its log (" + log + ") ends with");
        List<String> lines = logLines();
        lines.subList(Math.max(0, lines.size() - 12), lines.size())
                .forEach(line -> words.append("\n    ").append(line));
        return words.toString();
    }

    List<String> logLines() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
