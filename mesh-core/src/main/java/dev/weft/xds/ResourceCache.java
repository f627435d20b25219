package dev.weft.xds;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good configuration on disk. A file is replaced as a whole or not at all; writing happens on a thread of its own,
 * and while one write runs only the newest of those that follow is kept. A disk that cannot be written is said once.
 * Instances of one service with the same labels share a file, since they are served the same.
 */
final class ResourceCache {
    private static final Logger log = LoggerFactory.getLogger(ResourceCache.class);

    private final Path file;
    private final AtomicReference<@Nullable Stored> waiting = new AtomicReference<>();
    /** Guarded by this. */
    private @Nullable Thread writer;
    /** Written and read by the writer's threads, one after the other. */
    private volatile boolean warned;

    ResourceCache(Path directory, Node node) {
        file = directory.resolve("configuration-" + key(node) + ".xds");
    }

    /** What tells workloads apart that are served different configurations: everything but the instance. */
    private static String key(Node node) {
        Map<String, String> labels = new TreeMap<>(node.labels());
        String who = node.namespace() + "/" + node.service() + "/" + node.serviceAccount() + labels;
        CRC32 sum = new CRC32();
        sum.update(who.getBytes(StandardCharsets.UTF_8));
        return String.format(java.util.Locale.ROOT, "%08x", sum.getValue());
    }

    Path file() {
        return file;
    }

    /** What an earlier run left, or null. A file that cannot be used is put aside, with one warning. */
    @Nullable
    Stored load() {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            log.warn("stored configuration {} cannot be read and is not used: {}", file, e.toString());
            return null;
        }
        try {
            return StoredFile.decode(bytes);
        } catch (IOException e) {
            Path aside = file.resolveSibling(file.getFileName() + ".corrupt");
            log.warn(
                    "stored configuration {} is not used and is kept as {}: {}",
                    file,
                    aside.getFileName(),
                    e.getMessage());
            try {
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException ignored) {
                // A read-only disk: the next good write would have replaced it, and there will be none.
                return null;
            }
            return null;
        }
    }

    /** Writes soon; returns at once. */
    void save(Stored stored) {
        waiting.set(stored);
        synchronized (this) {
            if (writer == null) {
                Thread thread = new Thread(this::writeAll, "weft-xds-disk");
                thread.setDaemon(true);
                writer = thread;
                thread.start();
            }
        }
    }

    /** Waits until everything handed over is written, at most so long. */
    void flush(long millis) {
        Thread running;
        synchronized (this) {
            running = writer;
        }
        if (running != null) {
            try {
                running.join(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void writeAll() {
        while (true) {
            Stored stored;
            synchronized (this) {
                stored = waiting.getAndSet(null);
                if (stored == null) {
                    writer = null;
                    return;
                }
            }
            try {
                write(StoredFile.encode(stored));
                warned = false;
            } catch (IOException | RuntimeException e) {
                if (!warned) {
                    warned = true;
                    log.warn(
                            "the configuration cannot be kept at {} and lives in memory only; a restart without a control"
                                    + " plane would have none: {}",
                            file,
                            e.toString());
                }
            }
        }
    }

    private void write(byte[] bytes) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        // A name of its own: several instances may write at once, and each rename is whole.
        Path temporary = Files.createTempFile(directory, file.getFileName().toString(), ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
