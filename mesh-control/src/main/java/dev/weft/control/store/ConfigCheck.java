package dev.weft.control.store;

import dev.weft.config.ConfigProblem;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.validate.CheckedFile;
import dev.weft.control.validate.CheckedMesh;
import dev.weft.control.validate.MeshValidator;
import dev.weft.control.validate.Validator;
import dev.weft.control.validate.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the store would make of files, without serving them.
 *
 * @param files of the directory by name, judged
 * @param mesh the mesh configuration, or null if none was named
 * @param across problems between resources, such as a name that two of them have
 */
public record ConfigCheck(
        Map<String, CheckedFile> files, @Nullable CheckedMesh mesh, List<ConfigProblem> across) {

    /**
     * Checks a directory as {@link DirectoryConfigStore} would read it.
     *
     * @throws IOException if it cannot be listed
     */
    public static ConfigCheck directory(Path directory, @Nullable Path meshFile) throws IOException {
        Map<String, CheckedFile> files = new LinkedHashMap<>();
        SortedMap<String, FileVersion> versions = new TreeMap<>();
        List<ConfigProblem> own = new ArrayList<>();
        for (String name : ConfigFiles.list(directory).keySet()) {
            CheckedFile file = file(directory.resolve(name), name);
            files.put(name, file);
            own.addAll(file.allProblems());
            versions.put(name, FileVersion.good("", file.documents()));
        }
        List<ConfigProblem> across =
                new ArrayList<>(Assembly.of(versions, UnsupportedPolicy.DEFAULT).problems());
        across.removeAll(own);
        return new ConfigCheck(files, meshFile == null ? null : meshFile(meshFile), across);
    }

    /** Whether a file of that name holds configuration: by its ending, and hidden files do not. */
    public static boolean isConfiguration(String name) {
        return ConfigFiles.configuration(name);
    }

    /**
     * Checks one file.
     *
     * @param name for messages
     */
    public static CheckedFile file(Path file, String name) {
        return judge(ConfigFiles.read(file, name), name);
    }

    /** Checks what a stream holds. */
    public static CheckedFile stream(InputStream in, String name) throws IOException {
        return judge(ConfigFiles.read(in, name), name);
    }

    private static CheckedFile judge(ConfigFiles.Content content, String name) {
        return content.problem() == null
                ? Validator.check(name, content.text())
                : new CheckedFile(List.of(), List.of(content.problem()));
    }

    /** Checks a mesh configuration. */
    public static CheckedMesh meshFile(Path file) {
        String name = file.getFileName().toString();
        ConfigFiles.Content content = ConfigFiles.read(file, name);
        return content.problem() == null
                ? MeshValidator.check(name, content.text())
                : new CheckedMesh(MeshConfig.DEFAULT, Verdict.INVALID, List.of(content.problem()));
    }
}
