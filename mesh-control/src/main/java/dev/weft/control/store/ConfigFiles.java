package dev.weft.control.store;

import dev.weft.config.ConfigProblem;
import dev.weft.config.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lists and reads files of configuration. Stateless. */
final class ConfigFiles {
    /** More is not read at all: it would be refused anyway, after it had cost memory. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private ConfigFiles() {}

    /**
     * A file's text, or why there is none.
     *
     * @param problem null if there is a text
     */
    record Content(String text, @Nullable ConfigProblem problem) {}

    /**
     * Files of a directory itself, by name: {@code *.yaml}, {@code *.yml} and {@code *.json}. Hidden ones, which editors and
     * Kubernetes make, and those in subdirectories are left alone.
     *
     * @throws IOException if the directory cannot be listed at this moment
     */
    static SortedMap<String, FileStamp> list(Path directory) throws IOException {
        SortedMap<String, FileStamp> files = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (configuration(name)) {
                    FileStamp stamp = FileStamp.of(entry);
                    if (!stamp.equals(FileStamp.NONE)) {
                        files.put(name, stamp);
                    }
                }
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    /** Whether a file of that name holds configuration. */
    static boolean configuration(String name) {
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
    }

    /**
     * Reads a file.
     *
     * @param name for messages
     */
    static Content read(Path file, String name) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, name);
        } catch (IOException e) {
            return refused(name, null, "a file that can be read was expected: " + e);
        }
    }

    /** Reads a stream to its end, or until it is too long. */
    static Content read(InputStream in, String name) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            return refused(name, null, "at most " + MAX_BYTES + " bytes were expected");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Content(text.startsWith("\uFEFF") ? text.substring(1) : text, null);
        } catch (CharacterCodingException e) {
            return refused(name, null, "text in UTF-8 was expected");
        }
    }

    private static Content refused(String name, @Nullable String value, String expectation) {
        return new Content("", problem(name, value, expectation));
    }

    /** An error of a file as a whole. */
    static ConfigProblem problem(String file, @Nullable String value, String expectation) {
        return new ConfigProblem(ConfigProblem.Severity.ERROR, "file", "", value, expectation, new Origin("", file, 0));
    }
}
