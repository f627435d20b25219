package dev.weft.samples.bookinfo.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the processes wrote. */
final class RunDirectory {
    private RunDirectory() {}

    static void delete(Path run) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(run)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
