package dev.weft.samples.bookinfo.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The classes of the sample in the form in which this JVM shares them between processes: nine JVMs start with half the work.
 * Lies beside the sample's jar and is made once after each build.
 */
final class ClassArchive {
    private static final long PATIENCE_MILLIS = 120_000;

    private ClassArchive() {}

    /**
     * The archive, made if there is none or an old one; empty where there can be none, which costs time and nothing else.
     *
     * @param mesh the sample's YAML
     * @param run for the log
     */
    static Optional<Path> ready(Path mesh, Path run) {
        List<Path> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                classPath.add(Path.of(entry));
            }
        }
        // The JVM archives from jars only.
        if (classPath.isEmpty() || !classPath.stream().allMatch(Files::isRegularFile)) {
            return Optional.empty();
        }
        String jvm = System.getProperty("java.vm.version").replaceAll("[^A-Za-z0-9.+-]", "_");
        Path archive = classPath.get(0).resolveSibling("classes-" + jvm + ".jsa");
        try {
            if (!isYounger(archive, classPath)) {
                System.out.println("preparing a quick start (once after each build) ...");
                make(archive, mesh, run);
            }
            return Optional.of(archive);
        } catch (Trouble | IOException e) {
            System.out.println("going on without: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static void make(Path archive, Path mesh, Path run) throws Trouble, IOException {
        Path work = Files.createDirectories(run.resolve("rehearsal"));
        Path made = Files.createTempFile(archive.getParent(), "classes-", ".new");
        Files.delete(made); // the JVM wants to create it
        List<String> options = new ArrayList<>(Jvm.small(Optional.empty()));
        options.add("-Xmx256m");
        options.add("-XX:ArchiveClassesAtExit=" + made);
        options.add("-Xlog:cds=error,cds+dynamic=error");
        Member rehearsal = new Member(
                "rehearsal", run.resolve("rehearsal.log"), options, Rehearsal.class.getName(), Credentials.of(work));
        rehearsal.start(List.of(mesh.toString(), work.toString()));
        rehearsal.await(PATIENCE_MILLIS);
        rehearsal.kill();
        if (!Files.exists(made)) {
            throw new Trouble(rehearsal.lastWords());
        }
        Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isYounger(Path archive, List<Path> classPath) throws IOException {
        if (!Files.exists(archive)) {
            return false;
        }
        FileTime made = Files.getLastModifiedTime(archive);
        for (Path jar : classPath) {
            if (Files.getLastModifiedTime(jar).compareTo(made) > 0) {
                return false;
            }
        }
        return true;
    }
}
