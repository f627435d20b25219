package dev.weft.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A machine made up by a test, and what a mesh reads on it. */
final class Places {
    private final Path directory;
    final Map<String, String> written = new LinkedHashMap<>();
    final Map<String, String> properties = new LinkedHashMap<>();
    final Map<String, String> variables = new LinkedHashMap<>();

    Places(Path directory) {
        this.directory = directory;
    }

    Places file(String path, String content) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Settings.Outcome outcome() {
        Outside outside = new Outside(
                properties, variables, directory, null, directory.resolve("root"), directory.resolve("home"));
        return Settings.read(written, null, outside, outside.home(), true, null);
    }

    Settings settings() {
        Settings.Outcome outcome = outcome();
        if (outcome.settings() == null) {
            throw new AssertionError(SettingProblem.message(outcome.problems()));
        }
        return outcome.settings();
    }

    String message() {
        return SettingProblem.message(outcome().problems());
    }
}
