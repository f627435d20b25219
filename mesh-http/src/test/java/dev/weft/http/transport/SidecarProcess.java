package dev.weft.http.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Envoy, set up as istiod sets up a sidecar ({@code src/test/interop/sidecar.yaml}). */
final class SidecarProcess implements AutoCloseable {
    private static final Path TEMPLATE = Path.of("src", "test", "interop", "sidecar.yaml");

    /** Laid out by mesh-control's {@code src/test/interop/prepare}. */
    private static final Path ENVOY = Path.of("..", "mesh-control", "target", "interop", "envoy", "bin", "envoy");

    private static final Pattern LISTENER = Pattern.compile("(?m)^([a-z0-9-]+)::127\\.0\\.0\\.1:(\\d+)$");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;
    private final Map<String, InetSocketAddress> listeners = new HashMap<>();

    private SidecarProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts Envoy and waits for its listeners.
     *
     * @param directory holds reviews.pem, reviews.key and root.pem
     * @param weftPort of the server that its outbound ports lead to
     */
    static SidecarProcess start(Path directory, int weftPort) throws Exception {
        if (!Files.exists(ENVOY)) {
            throw new AssertionError(ENVOY.toAbsolutePath().normalize()
                    + " is missing: run mesh-control/src/test/interop/prepare first");
        }
        Path bootstrap = directory.resolve("sidecar.yaml");
        Path admin = directory.resolve("admin-address");
        Path log = directory.resolve("envoy.log");
        Files.writeString(
                bootstrap,
                Files.readString(TEMPLATE)
                        .replace("@DIRECTORY@", directory.toString())
                        .replace("@WEFT_PORT@", Integer.toString(weftPort)));
        Process process = new ProcessBuilder(List.of(
                        ENVOY.toAbsolutePath().toString(),
                        "-c",
                        bootstrap.toString(),
                        "--use-dynamic-base-id",
                        "--concurrency",
                        "1",
                        "--admin-address-path",
                        admin.toString(),
                        "-l",
                        System.getProperty("weft.interop.log", "warn")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        SidecarProcess sidecar = new SidecarProcess(process, log);
        sidecar.awaitListeners(admin);
        return sidecar;
    }

    private void awaitListeners(Path admin) throws Exception {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (listeners.size() < 4) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new AssertionError("Envoy is not ready:\n" + log());
            }
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || !Files.exists(admin)) {
                continue;
            }
            String address = Files.readString(admin).strip();
            if (address.isEmpty()) {
                continue;
            }
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/listeners"))
                    .build();
            Matcher found = LISTENER.matcher(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
            while (found.find()) {
                int port = Integer.parseInt(found.group(2));
                if (port != 0) {
                    listeners.put(found.group(1), new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                }
            }
        }
    }

    /** permissive, strict, outbound-http1 or outbound-http2. */
    InetSocketAddress listener(String name) {
        return java.util.Objects.requireNonNull(listeners.get(name), name);
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
