package dev.weft.samples.bookinfo.check;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the processes wrote. */
final class RunDirectory {
    private RunDirectory() {}

    /** What a service kept of its identity; returns how many files that were. */
    static int deleteIdentities(Path data) throws IOException {
        int deleted = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(data, "identity-*.pem")) {
            for (Path file : files) {
                Files.delete(file);
                deleted++;
            }
        }
        return deleted;
    }

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
