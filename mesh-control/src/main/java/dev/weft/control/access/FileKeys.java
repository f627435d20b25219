package dev.weft.control.access;

import dev.weft.jose.KeySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys in a file. A file that cannot be read gives none: what was in it before may have been withdrawn. */
final class FileKeys implements IssuerKeys {
    private static final Logger log = LoggerFactory.getLogger(FileKeys.class);

    private final Path file;
    /** Guarded by this. */
    private @Nullable FileTime read;
    /** Guarded by this. */
    private @Nullable KeySet keys;
    /** Guarded by this: what was warned about last, so that a flood of tokens is none of lines. */
    private String warned = "";

    FileKeys(Path file) {
        this.file = file;
    }

    @Override
    public synchronized @Nullable KeySet keys(@Nullable String keyId) {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            KeySet known = keys;
            if (known == null || !modified.equals(read)) {
                known = KeySet.parse(Files.readString(file));
                keys = known;
                read = modified;
                warned = "";
            }
            return known;
        } catch (IOException | ParseException e) {
            keys = null;
            if (!warned.equals(e.toString())) {
                warned = e.toString();
                log.warn(
                        "the issuer's keys cannot be read from {}: {}; its tokens are refused until they can",
                        file,
                        warned);
            }
            return null;
        }
    }
}
