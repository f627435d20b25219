package dev.weft.samples.bookinfo.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Options for the JVMs of the sample. */
final class Jvm {
    private Jvm() {}

    /**
     * Small and soon there: eight of them start at once on somebody's laptop.
     *
     * @param archive of {@link ClassArchive}
     */
    static List<String> small(Optional<Path> archive) {
        List<String> options = new ArrayList<>(List.of(
                "-Xms32m",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                // The quick compiler only: a page does little, and eight JVMs compiling well would starve it.
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
                "-Dorg.slf4j.simpleLogger.showThreadName=false",
                "-Dorg.slf4j.simpleLogger.showShortLogName=true"));
        archive.ifPresent(file -> options.add("-XX:SharedArchiveFile=" + file));
        int version = Runtime.version().feature();
        if (version >= 22) {
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        if (version >= 24) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return List.copyOf(options);
    }
}
