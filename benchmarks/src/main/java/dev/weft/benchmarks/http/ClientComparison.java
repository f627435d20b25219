package dev.weft.benchmarks.http;

import dev.weft.Mesh;
import dev.weft.benchmarks.compare.Comparison;
import dev.weft.benchmarks.compare.Contender;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Measures a GET of 1 KB with each client, at one call and at sixteen calls at a time.
 *
 * <p>Arguments: seconds of one round (2), number of rounds (7), {@code mtls} for mutual TLS on all sides.
 */
public final class ClientComparison {
    private ClientComparison() {}

    public static void main(String[] args) throws Exception {
        long millis = args.length > 0 ? Math.round(Double.parseDouble(args[0]) * 1000) : 2_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        boolean encrypted = args.length > 2 && args[2].equals("mtls");
        Certificates certificates = encrypted ? Certificates.make() : null;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OneKilobyteServer.class.getName()));
        if (certificates != null) {
            command.add(certificates.writeServers().toString());
        }
        Process server = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            int port = Integer.parseInt(Objects.requireNonNull(out.readLine(), "the server did not start"));
            try (Mesh mesh = OneService.at(port, certificates)) {
                List<Contender> contenders = Contenders.of(mesh, port, certificates);
                for (int threads : new int[] {1, 16}) {
                    Comparison.run(contenders, threads, millis, rounds);
                }
            }
        } finally {
            server.destroy();
        }
        System.exit(0);
    }
}
