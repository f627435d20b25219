package dev.weft.testing;

import dev.weft.config.ConfigProblem;
import dev.weft.control.store.ConfigSnapshot;
import dev.weft.control.store.OfflineConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds and reads policy as the control plane would, and is stricter: a test does not go on without a refused file. */
final class PolicyFiles {
    private PolicyFiles() {}

    /** @param place from the working directory, or else on the class path; empty: no rules */
    static ConfigSnapshot read(String place, ClassLoader loader) {
        if (place.isEmpty()) {
            return ConfigSnapshot.EMPTY;
        }
        Path path = Path.of(place);
        if (Files.exists(path)) {
            return read(path);
        }
        URL resource = loader.getResource(place);
        Path found = resource == null ? null : path(resource);
        if (found == null) {
            throw new IllegalArgumentException("policy `" + place + "`: neither " + path.toAbsolutePath()
                    + " nor a directory of that name on the class path is there");
        }
        return read(found);
    }

    private static @Nullable Path path(URL resource) {
        try {
            return resource.getProtocol().equals("file") ? Path.of(resource.toURI()) : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    static ConfigSnapshot read(Path path) {
        try {
            OfflineConfig files = OfflineConfig.read(path);
            List<ConfigProblem> refused = files.refused();
            if (!refused.isEmpty()) {
                throw new IllegalArgumentException("policy " + path + " would be refused by the control plane:\n  "
                        + refused.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n  ")));
            }
            return files.with(null);
        } catch (IOException e) {
            throw new UncheckedIOException("policy " + path + " cannot be read: " + e, e);
        }
    }
}
