package dev.weft.spring.client;

import com.sun.net.httpserver.HttpServer;
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
import dev.weft.spring.MeshBuilderCustomizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A service that only the mesh can find: no resolver knows the name {@code reviews.mesh.test}. It answers with what was asked; {@code
 * /slow} is never answered, a path with {@code flaky} gets 503 the first time.
 */
public final class Reviews implements MeshBuilderCustomizer, AutoCloseable {
    public static final String URL = "http://reviews.mesh.test";

    private final HttpServer server;
    private final Set<String> flaky = ConcurrentHashMap.newKeySet();

    public Reviews() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/slow")) {
                return;
            }
            if (exchange.getRequestURI().getPath().contains("flaky")
                    && flaky.add(exchange.getRequestMethod() + exchange.getRequestURI())) {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
                return;
            }
            String answer = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " host "
                    + exchange.getRequestHeaders().getFirst("host") + " "
                    + exchange.getRequestHeaders().entrySet();
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    /** Its own address, for calls that pass the mesh by. */
    public String direct() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void customize(dev.weft.Mesh.Builder builder) {
        builder.snapshots(SnapshotSource.of(snapshot()));
    }

    private MeshSnapshot snapshot() {
        RouteAction action = new RouteAction.Forward(
                List.of(new WeightedCluster("reviews", 1, HeaderOps.NONE, HeaderOps.NONE)),
                null,
                null,
                RetryPolicy.NONE,
                List.of(),
                Rewrite.NONE,
                List.of());
        RouteMatch everything = new RouteMatch(new PathMatch.Prefix("/", true), List.of(), List.of(), null, false);
        VirtualHost host = new VirtualHost(
                "reviews:80",
                List.of("reviews.mesh.test"),
                List.of(new Route("all", everything, action, HeaderOps.NONE, HeaderOps.NONE, null, null, null)),
                true,
                HeaderOps.NONE,
                HeaderOps.NONE,
                true);
        Cluster cluster = new Cluster(
                "reviews",
                Cluster.Discovery.EDS,
                "reviews",
                new LoadBalancingPolicy.RoundRobin(null),
                false,
                50,
                Duration.ofSeconds(5),
                CircuitBreakers.NONE,
                null,
                Cluster.Protocol.HTTP1,
                0,
                null,
                null,
                null,
                new Cluster.ServiceRef("reviews", "reviews", "default", "", 80));
        return new MeshSnapshot(
                "1",
                Map.of(80, List.of(host), 0, List.of(VirtualHost.allowAny())),
                Map.of("reviews", cluster),
                Map.of(
                        "reviews",
                        ClusterLoadAssignment.of(
                                "reviews",
                                List.of(Endpoint.of(
                                        "127.0.0.1", server.getAddress().getPort())))),
                MeshSnapshot.Source.STATIC,
                0);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
