package dev.weft.control.store;

import dev.weft.config.ConfigProblem;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.istio.Resource;
import dev.weft.control.validate.Checked;
import dev.weft.control.validate.CheckedFile;
import dev.weft.control.validate.CheckedMesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads configuration once, for commands and tests that need no server. For one thread. */
public final class OfflineConfig {
    private final List<Resource<?>> resources = new ArrayList<>();
    private final List<ConfigProblem> refused = new ArrayList<>();

    private OfflineConfig() {}

    /**
     * Reads a file, or the files of a directory as the control plane does: its own, not those of its subdirectories.
     *
     * @throws IOException if something cannot be read
     */
    public static OfflineConfig read(Path path) throws IOException {
        OfflineConfig config = new OfflineConfig();
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isDirectory(path)) {
            config.add(path);
            return config;
        }
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(OfflineConfig::isConfig).sorted().toList()) {
                config.add(file);
            }
        }
        return config;
    }

    private static boolean isConfig(Path file) {
        return Files.isRegularFile(file)
                && ConfigCheck.isConfiguration(file.getFileName().toString());
    }

    private void add(Path file) {
        CheckedFile checked = ConfigCheck.file(file, file.getFileName().toString());
        for (Checked document : checked.documents()) {
            if (document.resource() != null) {
                resources.add(document.resource());
            }
        }
        checked.allProblems().stream()
                .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .forEach(refused::add);
    }

    /** What the control plane would refuse. */
    public List<ConfigProblem> refused() {
        return List.copyOf(refused);
    }

    /**
     * Everything that was accepted, with mesh-wide settings.
     *
     * @param meshConfig file, or null for Istio's defaults
     */
    public ConfigSnapshot with(@Nullable Path meshConfig) {
        MeshConfig mesh = MeshConfig.DEFAULT;
        if (meshConfig != null) {
            CheckedMesh checked = ConfigCheck.meshFile(meshConfig);
            checked.problems().stream()
                    .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                    .forEach(refused::add);
            mesh = checked.config();
        }
        return new ConfigSnapshot("offline", IstioConfig.of(resources), mesh, List.of());
    }
}
