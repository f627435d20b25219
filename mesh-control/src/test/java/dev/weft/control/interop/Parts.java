package dev.weft.control.interop;

import java.nio.file.Files;
import java.nio.file.Path;

/** The foreign programs, as {@code src/test/interop/prepare} lays them out. */
final class Parts {
    private static final Path SOURCES = Path.of("src", "test", "interop");
    private static final Path PREPARED = Path.of("target", "interop");

    private Parts() {}

    static Path source(String name) {
        return SOURCES.resolve(name).toAbsolutePath();
    }

    /** A prepared file; it is an error if it is missing, since these tests run only where they were asked for. */
    static Path prepared(String name) {
        Path path = PREPARED.resolve(name).toAbsolutePath();
        if (!Files.exists(path)) {
            throw new AssertionError(path + " is missing: run mesh-control/src/test/interop/prepare first");
        }
        return path;
    }
}
