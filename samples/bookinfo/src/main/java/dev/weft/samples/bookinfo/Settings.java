package dev.weft.samples.bookinfo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a service is told on its command line; nothing is required.
 *
 * @param instance the name it gives itself in its answers
 * @param version {@code v1}
 * @param port to listen on; 0 takes any free one. Callers write 9080 all the same
 * @param controlPlane {@code host:port}
 * @param data where the last good configuration is kept; empty: where the library likes to
 * @param ready a file to write the port into once the service takes requests
 */
public record Settings(
        String instance,
        String version,
        int port,
        Optional<String> controlPlane,
        Optional<Path> data,
        Optional<Path> ready) {
    private static final List<String> NAMES =
            List.of("--instance", "--version", "--port", "--control-plane", "--data", "--ready");

    /**
     * Reads {@code --name value} pairs.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    public static Settings of(String service, String... args) {
        Map<String, String> given = new HashMap<>();
        List<String> rest = new ArrayList<>(List.of(args));
        while (!rest.isEmpty()) {
            String name = rest.remove(0);
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("unknown option " + name + ": expected one of " + NAMES);
            }
            if (rest.isEmpty()) {
                throw new IllegalArgumentException(name + ": a value must follow");
            }
            given.put(name, rest.remove(0));
        }
        String version = given.getOrDefault("--version", "v1");
        return new Settings(
                given.getOrDefault("--instance", service + "-" + version),
                version,
                port(given.getOrDefault("--port", "0")),
                Optional.ofNullable(given.get("--control-plane")),
                Optional.ofNullable(given.get("--data")).map(Path::of),
                Optional.ofNullable(given.get("--ready")).map(Path::of));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("--port " + text + ": expected a number from 0 to 65535");
    }
}
