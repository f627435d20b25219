package dev.weft.control.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from another without reading it. Links are followed: a ConfigMap is swapped by one.
 *
 * @param size in bytes
 * @param modified last change, as fine as the file system keeps it
 * @param key which file it is, where the file system says so
 */
record FileStamp(long size, Instant modified, @Nullable Object key) {
    /** No regular file, or not there. */
    static final FileStamp NONE = new FileStamp(-1, Instant.EPOCH, null);

    static FileStamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? new FileStamp(
                            attributes.size(), attributes.lastModifiedTime().toInstant(), attributes.fileKey())
                    : NONE;
        } catch (IOException e) {
            return NONE;
        }
    }
}
