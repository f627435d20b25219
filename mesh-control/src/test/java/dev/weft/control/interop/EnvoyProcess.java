package dev.weft.control.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A real Envoy, called at the listener that the control plane gives it. */
final class EnvoyProcess implements Calls {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final Path admin;
    private final Path log;
    private final int listener;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private EnvoyProcess(Process process, Path admin, Path log, int listener) {
        this.process = process;
        this.admin = admin;
        this.log = log;
        this.listener = listener;
    }

    /**
     * Starts Envoy.
     *
     * @param mode GRPC or DELTA_GRPC
     * @param listener the port that LDS makes it listen on
     */
    static EnvoyProcess start(Path directory, String mode, int xdsPort, int listener) throws IOException {
        Path bootstrap = directory.resolve("envoy.yaml");
        Path admin = directory.resolve("admin-address");
        Path log = directory.resolve("envoy.log");
        Files.writeString(
                bootstrap,
                Files.readString(Parts.source("envoy.yaml"))
                        .replace("@MODE@", mode)
                        .replace("@XDS_PORT@", Integer.toString(xdsPort)));
        Process process = new ProcessBuilder(List.of(
                        Parts.prepared("envoy/bin/envoy").toString(),
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
        return new EnvoyProcess(process, admin, log, listener);
    }

    @Override
    public Map<String, Integer> call(int times) throws Exception {
        Map<String, Integer> ends = new TreeMap<>();
        for (int left = times; left > 0; left--) {
            ends.merge(end(), 1, Integer::sum);
        }
        return ends;
    }

    /** By hand, because the JDK's client does not let a caller name another host than the one it connects to. */
    private String end() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: greeter:%d\r\nConnection: close\r\n\r\n"
                            .formatted(listener)
                            .getBytes(StandardCharsets.US_ASCII));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            String status = response.lines().findFirst().orElse("no response");
            String body = response.substring(response.indexOf("\r\n\r\n") + 4);
            return status.equals("HTTP/1.1 200 OK") ? "127.0.0.1:" + body : "!" + status + " " + body;
        } catch (IOException e) {
            if (!process.isAlive()) {
                throw new AssertionError("Envoy has ended:\n" + Files.readString(log), e);
            }
            return "!" + e;
        }
    }

    /** One of Envoy's own counters. */
    long stat(String name) throws Exception {
        for (String line : admin("/stats?filter=^" + name + "$").split("\n")) {
            if (line.startsWith(name + ": ")) {
                return Long.parseLong(line.substring(name.length() + 2).strip());
            }
        }
        throw new AssertionError("Envoy has no counter " + name);
    }

    /** What Envoy logged, warnings and worse. */
    String log() throws IOException {
        return Files.readString(log);
    }

    private String admin(String path) throws Exception {
        URI uri = URI.create("http://" + Files.readString(admin).strip() + path.replace("^", "%5E"));
        return http.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
