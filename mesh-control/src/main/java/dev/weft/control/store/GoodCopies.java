package dev.weft.control.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good version of each file, kept on disk, so that a restart with a broken file still has it. A disk that fails costs
 * durability and not service. Used by the store's thread only.
 */
final class GoodCopies {
    private static final Logger log = LoggerFactory.getLogger(GoodCopies.class);

    private final @Nullable Path directory;

    /**
     * Copies of one source.
     *
     * @param data where data of the control plane is kept, or null: nothing is
     * @param source the directory or file they come from; others do not see them
     */
    GoodCopies(@Nullable Path data, Path source) {
        this.directory = data == null
                ? null
                : data.resolve("config")
                        .resolve(Revisions.hash(
                                source.toAbsolutePath().normalize().toString()));
    }

    @Nullable
    String load(String name) {
        if (directory == null) {
            return null;
        }
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            return null;
        }
    }

    void save(String name, String text) {
        if (directory == null || text.equals(load(name))) {
            return;
        }
        try {
            Files.createDirectories(directory);
            // The dot keeps it apart from any file of configuration.
            Path fresh = directory.resolve("." + name + ".new");
            Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
            Files.move(
                    fresh,
                    directory.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.warn(
                    "the good version of {} cannot be kept in {}: a restart would not have it ({})",
                    name,
                    directory,
                    e.toString());
        }
    }

    void remove(String name) {
        if (directory == null) {
            return;
        }
        try {
            Files.deleteIfExists(directory.resolve(name));
        } catch (IOException e) {
            log.warn("{} cannot be removed: {}", directory.resolve(name), e.toString());
        }
    }
}
