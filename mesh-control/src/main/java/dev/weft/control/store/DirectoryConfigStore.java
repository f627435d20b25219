package dev.weft.control.store;

import dev.weft.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a directory of YAML and follows its changes: a file that is broken keeps its last good version in force, across
 * restarts too if there is a data directory; the others go on. Thread-safe; one daemon thread of its own reads.
 */
public final class DirectoryConfigStore implements ConfigStore, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DirectoryConfigStore.class);
    /** How long a file must be left alone: editors write in several steps, and half a file is often valid YAML. */
    private static final Duration QUIET = Duration.ofMillis(100);
    /** Who never stops writing is read nevertheless. */
    private static final int MAX_QUIET_ROUNDS = 10;
    /** How often to look where nobody tells of changes. */
    private static final Duration LOOK = Duration.ofMillis(250);
    /** Two changes within the clock's tick of a file system look like one: so young a file is compared by its text. */
    private static final Duration YOUNG = Duration.ofSeconds(2);

    /** Key of the mesh configuration among the stamps; no file has it. */
    private static final String MESH = "";

    private final Path directory;
    private final FileVersions files;
    private final MeshFile mesh;
    private final DirectoryWatch watch;
    private final Thread thread;
    private final Publication publication;
    /** What was read, by file; the store's thread's. */
    private final Map<String, FileStamp> stamps = new HashMap<>();
    /** Why the directory cannot be listed; null as long as it can; the store's thread's. */
    private @Nullable ConfigProblem unlisted;

    private DirectoryConfigStore(Path directory, @Nullable Path meshFile, @Nullable Path data, UnsupportedPolicy policy)
            throws IOException {
        this.directory = directory;
        this.files = new FileVersions(directory, new GoodCopies(data, directory));
        this.mesh = new MeshFile(meshFile, data);
        this.publication = new Publication(files, mesh, policy);
        this.thread = new Thread(this::follow, "weft-config");
        thread.setDaemon(true);
        mesh.open();
        Path beside = meshFile == null ? null : meshFile.toAbsolutePath().getParent();
        this.watch = new DirectoryWatch(
                beside == null || beside.equals(directory.toAbsolutePath())
                        ? List.of(directory)
                        : List.of(directory, beside));
    }

    /**
     * Reads a directory and follows it from then on.
     *
     * @param directory of YAML; its own files, not those of subdirectories
     * @param meshFile mesh-wide settings, or null for Istio's defaults
     * @param data where last good versions are kept, or null: a restart has only what is in the files
     * @throws IOException if the directory is none, or the mesh configuration is refused; a refused file among the others is a
     *     problem of the snapshot and no exception
     */
    public static DirectoryConfigStore open(Path directory, @Nullable Path meshFile, @Nullable Path data)
            throws IOException {
        return open(directory, meshFile, data, UnsupportedPolicy.DEFAULT);
    }

    /** As {@link #open(Path, Path, Path)}, with another treatment of what is valid and not done in-process. */
    public static DirectoryConfigStore open(
            Path directory, @Nullable Path meshFile, @Nullable Path data, UnsupportedPolicy policy) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory + " is no directory");
        }
        DirectoryConfigStore store = new DirectoryConfigStore(directory, meshFile, data, policy);
        store.load(ConfigFiles.list(directory));
        store.publication.publish(null);
        store.thread.start();
        return store;
    }

    @Override
    public ConfigSnapshot snapshot() {
        return publication.snapshot();
    }

    @Override
    public Runnable onChange(Consumer<ConfigSnapshot> listener) {
        return publication.onChange(listener);
    }

    /** Stops following; the snapshot stays. */
    @Override
    public void close() {
        watch.close();
        if (Thread.currentThread() != thread) {
            try {
                thread.join(Duration.ofSeconds(5).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void follow() {
        try {
            while (watch.await(LOOK)) {
                round();
            }
        } catch (InterruptedException e) {
            log.debug("the store's thread was asked to stop");
        }
    }

    /** Looks, and if something changed waits until it is quiet, then reads. */
    private void round() throws InterruptedException {
        try {
            SortedMap<String, FileStamp> seen = ConfigFiles.list(directory);
            FileStamp meshSeen = mesh.stamp();
            boolean same =
                    seen.keySet().equals(files.all().keySet()) && changed(seen).isEmpty();
            if (same && unlisted == null && !meshChanged(meshSeen)) {
                return;
            }
            for (int i = 0; i < MAX_QUIET_ROUNDS; i++) {
                if (!watch.pause(QUIET)) {
                    return;
                }
                SortedMap<String, FileStamp> now = ConfigFiles.list(directory);
                FileStamp meshNow = mesh.stamp();
                boolean quiet = now.equals(seen) && meshNow.equals(meshSeen);
                seen = now;
                meshSeen = meshNow;
                if (quiet) {
                    break;
                }
            }
            boolean back = unlisted != null;
            unlisted = null;
            if (load(seen) || back) {
                publication.publish(null);
            }
        } catch (IOException e) {
            lost(e);
        } catch (RuntimeException | Error e) {
            // Also an Error: without this thread no change of a file would ever be noticed again, and nobody would
            // know.
            log.error("the configuration could not be read again; what is in force stays so", e);
        }
    }

    private boolean meshChanged(FileStamp seen) {
        return !seen.equals(stamps.getOrDefault(MESH, FileStamp.NONE))
                || mesh.differs(seen, Instant.now().minus(YOUNG));
    }

    /** Names of files that may hold another text than the one that was read. */
    private Set<String> changed(SortedMap<String, FileStamp> seen) {
        Set<String> names = new LinkedHashSet<>();
        Instant young = Instant.now().minus(YOUNG);
        seen.forEach((name, stamp) -> {
            FileVersion version = files.all().get(name);
            boolean doubtful = stamp.modified().isAfter(young) || version == null || version.read() == null;
            if (!stamp.equals(stamps.get(name)) || doubtful && differs(name, version)) {
                names.add(name);
            }
        });
        return names;
    }

    private boolean differs(String name, @Nullable FileVersion version) {
        ConfigFiles.Content content = ConfigFiles.read(directory.resolve(name), name);
        return version == null || content.problem() == null && !content.text().equals(version.read());
    }

    private boolean load(SortedMap<String, FileStamp> seen) {
        boolean news = files.retain(seen.keySet());
        stamps.keySet().retainAll(seen.keySet());
        for (String name : changed(seen)) {
            // The stamp from before the reading: a change during it is seen in the next round.
            stamps.put(name, Objects.requireNonNull(seen.get(name)));
            news |= files.load(name);
        }
        FileStamp meshStamp = mesh.stamp();
        news |= mesh.load();
        stamps.put(MESH, meshStamp);
        return news;
    }

    /** The directory cannot be listed: a swap may be under way, or it is lost. Nothing is taken out of force. */
    private void lost(IOException e) {
        ConfigProblem problem =
                ConfigFiles.problem(directory.toString(), null, "a directory that can be listed was expected: " + e);
        if (!problem.equals(unlisted)) {
            unlisted = problem;
            log.warn("{}; all that is in force stays so", Words.line(problem));
            publication.publish(problem);
        }
    }
}
