package dev.weft.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Directories that last as long as the control plane. */
final class Passing {
    private Passing() {}

    /** A new one that only its owner may enter; removed when the parts are closed. */
    static Path directory(String name, Deque<AutoCloseable> parts) throws IOException {
        Path directory = Files.createTempDirectory(name);
        parts.push(() -> remove(directory));
        return directory;
    }

    private static void remove(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(directory)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
