package dev.weft.control.access;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import dev.weft.identity.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** {@code tokens.json}: hashes of secrets by id. Read for each use, because another process may add to it. */
final class TokenFile {
    /** A spent or expired token is remembered so long, so that the audit log tells a replay from a guess. */
    private static final Duration MEMORY = Duration.ofDays(7);

    private static final TypeToken<LinkedHashMap<String, Entry>> ENTRIES = new TypeToken<>() {};

    /** A process has a file lock as a whole; its threads take turns by this. */
    private static final Object TURN = new Object();

    private final Gson gson = new GsonBuilder().setPrettyPrinting().create();
    private final Path file;
    private final Path lock;

    /**
     * One token.
     *
     * @param identity SPIFFE id
     * @param hash SHA-256 of the secret, hexadecimal
     * @param expires seconds since the epoch
     * @param used whether it has been redeemed
     */
    record Entry(String identity, String hash, long expires, boolean used) {

        Entry spent() {
            return new Entry(identity, hash, expires, true);
        }

        boolean forgettable(long nowMillis) {
            return nowMillis > expires * 1000 + MEMORY.toMillis();
        }
    }

    TokenFile(Path directory) {
        this.file = directory.resolve("tokens.json");
        this.lock = directory.resolve("tokens.lock");
    }

    Map<String, Entry> read() throws IOException {
        if (!Files.exists(file)) {
            return new LinkedHashMap<>();
        }
        try {
            Map<String, Entry> entries = gson.fromJson(PrivateFiles.read(file), ENTRIES);
            return entries == null ? new LinkedHashMap<>() : entries;
        } catch (JsonParseException e) {
            throw new IOException(file + ": is damaged, join tokens were expected; remove it to revoke all of them", e);
        }
    }

    /** Changes the entries while nobody else does; saved if the change says true. */
    void change(Predicate<Map<String, Entry>> change) throws IOException {
        synchronized (TURN) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                Map<String, Entry> entries = read();
                if (held.isValid() && change.test(entries)) {
                    PrivateFiles.write(file, gson.toJson(entries));
                }
            }
        }
    }
}
