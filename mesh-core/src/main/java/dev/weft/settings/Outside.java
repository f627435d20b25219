package dev.weft.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where settings are looked for outside of the program.
 *
 * @param properties system properties
 * @param variables environment variables
 * @param workingDirectory where {@code ./mesh.yaml} is
 * @param classPath loader of a {@code mesh.yaml} on the class path, or null
 * @param root of the file system, where the platform puts its facts
 * @param home of the user
 */
public record Outside(
        Map<String, String> properties,
        Map<String, String> variables,
        Path workingDirectory,
        @Nullable ClassLoader classPath,
        Path root,
        Path home) {

    /** This process. */
    public static Outside ofProcess() {
        Map<String, String> properties = new LinkedHashMap<>();
        System.getProperties().stringPropertyNames().stream()
                .sorted()
                .forEach(name -> properties.put(name, System.getProperty(name)));
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return new Outside(
                properties,
                System.getenv(),
                Path.of(""),
                context == null ? Outside.class.getClassLoader() : context,
                Path.of("/"),
                Path.of(System.getProperty("user.home", "")));
    }
}
