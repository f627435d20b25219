package dev.weft.benchmarks.http;

import dev.weft.Mesh;
import dev.weft.config.CircuitBreakers;
import dev.weft.config.Cluster;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.Endpoint;
import dev.weft.config.HeaderOps;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.PathMatch;
import dev.weft.config.RetryPolicy;
import dev.weft.config.Rewrite;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.SnapshotSource;
import dev.weft.config.VirtualHost;
import dev.weft.config.WeightedCluster;
import dev.weft.http.MeshHttpClient;
import dev.weft.http.MeshRequest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Measures a GET of 1 KB with each client, at one call and at sixteen calls at a time. Rounds of the contenders take turns, so that
 * what else the machine does hits all of them; the table shows the median round of each.
 *
 * <p>Arguments: seconds of one round (2), number of rounds (7).
 */
public final class ClientComparison {
    private ClientComparison() {}

    public static void main(String[] args) throws Exception {
        long millis = args.length > 0 ? Math.round(Double.parseDouble(args[0]) * 1000) : 2_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OneKilobyteServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            int port = Integer.parseInt(Objects.requireNonNull(out.readLine(), "the server did not start"));
            try (Mesh mesh = mesh(port)) {
                List<Contender> contenders = contenders(mesh, port);
                for (int threads : new int[] {1, 16}) {
                    print(threads, contenders, compare(contenders, threads, millis, rounds));
                }
            }
        } finally {
            server.destroy();
        }
        System.exit(0);
    }

    private static List<Contender> contenders(Mesh mesh, int port) {
        String url = "http://127.0.0.1:" + port + "/";
        MeshHttpClient ours = MeshHttpClient.of(mesh);
        MeshRequest get = MeshRequest.get("http://reviews:9080/");
        HttpClient jdk = HttpClient.newHttpClient();
        HttpClient wrapped = mesh.wrap(HttpClient.newHttpClient());
        HttpRequest direct = HttpRequest.newBuilder(URI.create(url))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        HttpRequest meshed =
                HttpRequest.newBuilder(URI.create("http://reviews:9080/")).build();
        reactor.netty.http.client.HttpClient netty = reactor.netty.http.client.HttpClient.create(
                reactor.netty.resources.ConnectionProvider.create("bench", 64));
        return List.of(
                new Contender(
                        "Reactor Netty, no mesh",
                        () -> bytes(netty.get()
                                .uri(url)
                                .responseSingle((head, body) -> body.asByteArray())
                                .block())),
                new Contender(
                        "JDK HttpClient, no mesh",
                        () -> jdk.send(direct, BodyHandlers.ofByteArray()).body().length),
                new Contender("MeshHttpClient", () -> ours.send(get).bytes().length),
                new Contender(
                        "JDK HttpClient, wrapped",
                        () -> wrapped.send(meshed, BodyHandlers.ofByteArray()).body().length));
    }

    private static int bytes(byte @Nullable [] body) {
        return body == null ? -1 : body.length;
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

    /** One service, one host, one route with a timeout and Istio's default retries: what most calls look like. */
    private static Mesh mesh(int port) {
        RetryPolicy retry = new RetryPolicy(
                java.util.EnumSet.of(
                        dev.weft.config.RetryOn.CONNECT_FAILURE,
                        dev.weft.config.RetryOn.REFUSED_STREAM,
                        dev.weft.config.RetryOn.UNAVAILABLE,
                        dev.weft.config.RetryOn.CANCELLED),
                java.util.Set.of(),
                2,
                null,
                Duration.ofMillis(25),
                Duration.ofMillis(250),
                true,
                5,
                0);
        RouteAction action = new RouteAction.Forward(
                List.of(new WeightedCluster("reviews", 1, HeaderOps.NONE, HeaderOps.NONE)),
                Duration.ofSeconds(10),
                null,
                retry,
                List.of(),
                Rewrite.NONE,
                List.of());
        RouteMatch everything = new RouteMatch(new PathMatch.Prefix("/", true), List.of(), List.of(), null, false);
        Route route = new Route("reviews", everything, action, HeaderOps.NONE, HeaderOps.NONE, null, null, null);
        VirtualHost host = new VirtualHost(
                "reviews:9080", List.of("reviews"), List.of(route), true, HeaderOps.NONE, HeaderOps.NONE, true);
        Cluster cluster = new Cluster(
                "reviews",
                Cluster.Discovery.EDS,
                "reviews",
                new LoadBalancingPolicy.LeastRequest(2, 1, null),
                false,
                0,
                Duration.ofSeconds(10),
                CircuitBreakers.NONE,
                null,
                Cluster.Protocol.HTTP1,
                0,
                null,
                null,
                null,
                new Cluster.ServiceRef("reviews", "reviews", "default", "", 9080));
        MeshSnapshot snapshot = new MeshSnapshot(
                "bench",
                Map.of(9080, List.of(host)),
                Map.of("reviews", cluster),
                Map.of("reviews", ClusterLoadAssignment.of("reviews", List.of(Endpoint.of("127.0.0.1", port)))),
                MeshSnapshot.Source.STATIC,
                0);
        return Mesh.builder()
                .service("bench")
                .ignoreEnvironment()
                .snapshots(SnapshotSource.of(snapshot))
                .start();
    }
}
