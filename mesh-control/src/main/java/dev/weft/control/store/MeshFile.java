package dev.weft.control.store;

import dev.weft.config.ConfigProblem;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.validate.CheckedMesh;
import dev.weft.control.validate.MeshValidator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mesh configuration file with the version in force. Used by the store's thread only. */
final class MeshFile {
    private static final Logger log = LoggerFactory.getLogger(MeshFile.class);
    /** Name of the kept copy, apart from the names of files. */
    private static final String COPY = "mesh-config";

    private final @Nullable Path file;
    private final GoodCopies copies;
    private @Nullable String read;
    private String good = "";
    private MeshConfig config = MeshConfig.DEFAULT;
    private List<ConfigProblem> problems = List.of();

    MeshFile(@Nullable Path file, @Nullable Path data) {
        this.file = file;
        this.copies = new GoodCopies(data, file == null ? Path.of("") : file);
    }

    /**
     * Reads the file for the first time.
     *
     * @throws IOException if it is refused and no good version of it was kept: the defaults may be more open than it
     */
    void open() throws IOException {
        if (file == null) {
            return;
        }
        load();
        boolean refused = problems.stream().anyMatch(problem -> problem.severity() == ConfigProblem.Severity.ERROR);
        String kept = copies.load(COPY);
        if (refused && (kept == null || !use(kept))) {
            throw new IOException("the mesh configuration is refused: "
                    + problems.stream().map(Words::line).collect(Collectors.joining("; ")));
        }
    }

    /** Reads the file again; whether that changed anything. */
    boolean load() {
        if (file == null) {
            return false;
        }
        String name = file.getFileName().toString();
        ConfigFiles.Content content = ConfigFiles.read(file, name);
        if (content.problem() != null) {
            read = null;
            return refuse(List.of(content.problem()));
        }
        if (content.text().equals(read)) {
            return false;
        }
        read = content.text();
        CheckedMesh checked = MeshValidator.check(name, content.text());
        if (!checked.valid()) {
            return refuse(checked.problems());
        }
        copies.save(COPY, content.text());
        good = content.text();
        config = checked.config();
        problems = checked.problems();
        return true;
    }

    private boolean use(String text) {
        CheckedMesh checked =
                MeshValidator.check(Objects.requireNonNull(file).getFileName().toString(), text);
        if (checked.valid()) {
            good = text;
            config = checked.config();
        }
        return checked.valid();
    }

    private boolean refuse(List<ConfigProblem> refusal) {
        boolean news = !refusal.equals(problems);
        problems = refusal;
        if (news) {
            refusal.forEach(
                    problem -> log.warn("{}; the last good mesh configuration stays in force", Words.line(problem)));
        }
        return news;
    }

    /** Whether a file changed so lately that its stamp may hide it holds another text. */
    boolean differs(FileStamp seen, Instant young) {
        if (file == null || !seen.modified().isAfter(young)) {
            return false;
        }
        ConfigFiles.Content content = ConfigFiles.read(file, file.getFileName().toString());
        return content.problem() == null && !content.text().equals(read);
    }

    FileStamp stamp() {
        return file == null ? FileStamp.NONE : FileStamp.of(file);
    }

    String good() {
        return good;
    }

    MeshConfig config() {
        return config;
    }

    List<ConfigProblem> problems() {
        return problems;
    }
}
