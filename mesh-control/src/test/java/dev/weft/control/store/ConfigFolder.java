package dev.weft.control.store;

import dev.weft.config.ConfigProblem;
import dev.weft.control.istio.VirtualService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A directory of configuration with its store, and ways to change the one and wait for the other. */
final class ConfigFolder implements AutoCloseable {
    final Path directory;
    final Path data;
    DirectoryConfigStore store;

    ConfigFolder(Path parent) throws IOException {
        directory = Files.createDirectory(parent.resolve("config"));
        data = parent.resolve("data");
    }

    /** A VirtualService for a host, with a timeout to recognise it by. */
    static String service(String name, String timeout) {
        return """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: %s}
                spec:
                  hosts: [%s]
                  http:
                  - timeout: %s
                    route:
                    - destination: {host: %s}
                """.formatted(name, name, timeout, name);
    }

    ConfigFolder write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
        return this;
    }

    /** As editors and careful scripts do: another file takes the name. */
    void renameOver(String file, String text) throws IOException {
        Path fresh = Files.writeString(directory.resolve(file + ".tmp"), text);
        Files.move(fresh, directory.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    ConfigFolder open() throws IOException {
        store = DirectoryConfigStore.open(directory, null, data);
        return this;
    }

    void reopen() throws IOException {
        store.close();
        open();
    }

    /** Waits for a snapshot, the current one or one to come. */
    ConfigSnapshot await(Predicate<ConfigSnapshot> condition) throws Exception {
        CompletableFuture<ConfigSnapshot> found = new CompletableFuture<>();
        Runnable end = store.onChange(snapshot -> {
            if (condition.test(snapshot)) {
                found.complete(snapshot);
            }
        });
        if (condition.test(store.snapshot())) {
            found.complete(store.snapshot());
        }
        try {
            return found.get(20, TimeUnit.SECONDS);
        } finally {
            end.run();
        }
    }

    ConfigSnapshot awaitTimeouts(String... expected) throws Exception {
        return await(snapshot -> timeouts(snapshot).equals(List.of(expected)));
    }

    /** {@code name timeout} of each VirtualService in force. */
    static List<String> timeouts(ConfigSnapshot snapshot) {
        return snapshot.config().virtualServices().stream()
                .map(resource -> resource.meta().name() + " " + timeout(resource.spec()))
                .sorted()
                .toList();
    }

    private static String timeout(VirtualService spec) {
        return String.valueOf(spec.http().get(0).timeout()).replace("PT", "").toLowerCase(java.util.Locale.ROOT);
    }

    static List<String> errors(ConfigSnapshot snapshot) {
        return snapshot.problems().stream()
                .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .map(ConfigProblem::toString)
                .toList();
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }
}
