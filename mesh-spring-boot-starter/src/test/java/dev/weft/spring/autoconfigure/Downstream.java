package dev.weft.spring.autoconfigure;

import com.sun.net.httpserver.HttpServer;
import dev.weft.config.CircuitBreakers;
import dev.weft.config.Cluster;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.Endpoint;
import dev.weft.config.HeaderOps;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.config.Rewrite;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.VirtualHost;
import dev.weft.config.WeightedCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** {@code http://ratings}: answers 503 once and then 200, and notes the trace that each request belongs to. */
final class Downstream implements AutoCloseable {
    final List<String> traceparents = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    Downstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            traceparents.add(exchange.getRequestHeaders().getFirst("traceparent"));
            exchange.sendResponseHeaders(traceparents.size() == 1 ? 503 : 200, -1);
            exchange.close();
        });
        server.start();
    }

    MeshSnapshot snapshot() {
        RetryPolicy once = new RetryPolicy(
                Set.of(RetryOn.SERVER_ERROR),
                Set.of(),
                1,
                null,
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                false,
                1,
                0);
        Route route = new Route(
                "",
                RouteMatch.everything(),
                new RouteAction.Forward(
                        List.of(new WeightedCluster("ratings", 1, HeaderOps.NONE, HeaderOps.NONE)),
                        null,
                        null,
                        once,
                        List.of(),
                        Rewrite.NONE,
                        List.of()),
                HeaderOps.NONE,
                HeaderOps.NONE,
                null,
                null,
                null);
        Cluster cluster = new Cluster(
                "ratings",
                Cluster.Discovery.EDS,
                "ratings",
                new LoadBalancingPolicy.RoundRobin(null),
                false,
                0,
                Duration.ofSeconds(5),
                CircuitBreakers.NONE,
                null,
                Cluster.Protocol.HTTP1,
                0,
                null,
                null,
                null,
                new Cluster.ServiceRef("ratings.default.svc.cluster.local", "ratings", "default", "", 80));
        Endpoint here = Endpoint.of("127.0.0.1", server.getAddress().getPort());
        return new MeshSnapshot(
                "1",
                Map.of(
                        80,
                        List.of(new VirtualHost(
                                "ratings:80",
                                List.of("ratings", "ratings:80"),
                                List.of(route),
                                false,
                                HeaderOps.NONE,
                                HeaderOps.NONE,
                                true))),
                Map.of("ratings", cluster),
                Map.of("ratings", ClusterLoadAssignment.of("ratings", List.of(here))),
                MeshSnapshot.Source.STATIC,
                0);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
