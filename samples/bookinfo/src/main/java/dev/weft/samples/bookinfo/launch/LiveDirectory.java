package dev.weft.samples.bookinfo.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory that the control plane reads: a copy of {@code mesh/}, so that edits and scenes leave what is under version
 * control alone. It is written anew at each start.
 */
public final class LiveDirectory {
    private final Path mesh;
    private final Path live;

    // Held until the process ends, so that a second launcher takes another directory.
    @SuppressWarnings("unused")
    private final @Nullable FileLock lock;

    private LiveDirectory(Path mesh, Path live, @Nullable FileLock lock) {
        this.mesh = mesh;
        this.live = live;
        this.lock = lock;
    }

    /** {@code live}, or {@code live-2} and so on while other launchers hold the ones before. */
    static LiveDirectory beside(Path mesh) throws Trouble {
        for (int i = 1; i <= 20; i++) {
            Path live = mesh.resolveSibling(i == 1 ? "live" : "live-" + i);
            try {
                Files.createDirectories(live);
                FileChannel channel =
                        FileChannel.open(live.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return new LiveDirectory(mesh, live, lock).written();
                }
                channel.close();
            } catch (OverlappingFileLockException e) {
                // held by this very process
            } catch (IOException e) {
                throw new Trouble("cannot write " + live + ": " + e.getMessage());
            }
        }
        throw new Trouble("twenty launchers hold the live directories beside " + mesh + ": stop one");
    }

    /** A directory for nobody else to find. */
    static LiveDirectory at(Path mesh, Path live) throws Trouble {
        return new LiveDirectory(mesh, live, null).written();
    }

    public Path path() {
        return live;
    }

    /** Copies the files of a scene into place; each appears at once and whole. */
    public void play(Scene scene) throws IOException {
        for (Scene.Change change : scene.changes()) {
            byte[] wanted = Files.readAllBytes(mesh.resolve(change.scene()));
            Path target = live.resolve(change.live());
            if (!Files.exists(target) || !java.util.Arrays.equals(wanted, Files.readAllBytes(target))) {
                write(change.live(), wanted);
            }
        }
    }

    public String read(String file) throws IOException {
        return Files.readString(live.resolve(file));
    }

    /** Replaces one file. */
    public void write(String file, byte[] content) throws IOException {
        Path written = live.resolve("." + file + ".new");
        Files.write(written, content);
        Files.move(written, live.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    private LiveDirectory written() throws Trouble {
        try {
            Files.createDirectories(live);
            for (Path old : yaml(live)) {
                Files.delete(old);
            }
            for (Path file : yaml(mesh)) {
                Files.copy(file, live.resolve(file.getFileName()));
            }
            return this;
        } catch (IOException e) {
            throw new Trouble("cannot copy " + mesh + " to " + live + ": " + e.getMessage());
        }
    }

    private static List<Path> yaml(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }
}
