package dev.weft.benchmarks.http;

import dev.weft.Mesh;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Measures a GET of 1 KB with each client, at one call and at sixteen calls at a time. Rounds of the contenders take turns, so that
 * what else the machine does hits all of them; the table shows the median round of each.
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
                    print(threads, contenders, compare(contenders, threads, millis, rounds));
                }
            }
        } finally {
            server.destroy();
        }
        System.exit(0);
    }

    private static List<List<Round>> compare(List<Contender> contenders, int threads, long millis, int rounds)
            throws Exception {
        List<List<Round>> results = new ArrayList<>();
        for (Contender contender : contenders) {
            Round.measure(contender, threads, millis * 2);
            results.add(new ArrayList<>());
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                // Each round begins with another one: nobody always runs behind the same neighbour.
                int index = (i + round) % contenders.size();
                results.get(index).add(Round.measure(contenders.get(index), threads, millis));
            }
        }
        return results;
    }

    private static void print(int threads, List<Contender> contenders, List<List<Round>> results) {
        System.out.printf(
                "%n%d at a time%n| client | calls/s | ratio | p50 us | p99 us |%n|---|---|---|---|---|%n", threads);
        double base = median(results.get(0), Round::perSecond);
        for (int i = 0; i < contenders.size(); i++) {
            double perSecond = median(results.get(i), Round::perSecond);
            System.out.printf(
                    "| %s | %,.0f | %.2f | %.0f | %.0f |%n",
                    contenders.get(i).name(),
                    perSecond,
                    perSecond / base,
                    median(results.get(i), Round::p50Nanos) / 1e3,
                    median(results.get(i), Round::p99Nanos) / 1e3);
        }
    }

    private static double median(List<Round> rounds, java.util.function.ToDoubleFunction<Round> value) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
