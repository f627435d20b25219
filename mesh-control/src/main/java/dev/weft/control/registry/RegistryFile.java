package dev.weft.control.registry;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry on disk: a line with format and SHA-256, then JSON. Replaced atomically and synced, so that a reader sees the
 * old or the new set whole; a damaged file is set aside and reported, never half believed.
 */
final class RegistryFile {
    private static final Logger log = LoggerFactory.getLogger(RegistryFile.class);
    private static final String FORMAT = "weft-registry 1 sha256:";
    private static final TypeToken<List<Registration>> INSTANCES = new TypeToken<>() {};

    private final Gson gson = new GsonBuilder().setPrettyPrinting().create();
    private final Path path;

    /** @param name without ending */
    RegistryFile(Path directory, String name) {
        this.path = directory.resolve(name + ".json");
    }

    /** What was saved last; empty if nothing was, or if it is damaged. */
    List<Registration> load() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        String text;
        try {
            text = Files.readString(path);
        } catch (CharacterCodingException e) {
            return setAside("it is no text");
        }
        int end = text.indexOf('\n');
        String body = text.substring(end + 1);
        if (end < 0 || !text.substring(0, end).equals(FORMAT + sha256(body))) {
            return setAside("its checksum does not match");
        }
        try {
            List<Registration> instances = gson.fromJson(body, INSTANCES);
            return instances == null ? List.of() : instances;
        } catch (JsonParseException | IllegalArgumentException | NullPointerException e) {
            return setAside(e.toString());
        }
    }

    void save(Collection<Registration> instances) throws IOException {
        String body = gson.toJson(instances);
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap((FORMAT + sha256(body) + "\n" + body).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private List<Registration> setAside(String why) throws IOException {
        Path damaged = path.resolveSibling(path.getFileName() + ".damaged");
        Files.move(path, damaged, StandardCopyOption.REPLACE_EXISTING);
        log.warn("{} cannot be read ({}); starting with nothing of it, the file is kept as {}", path, why, damaged);
        return List.of();
    }

    private static String sha256(String body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
