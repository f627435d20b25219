package dev.weft.xds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import dev.weft.config.Cluster;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.ConfigProblem;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.RetryOn;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.UpstreamTls;
import dev.weft.config.VirtualHost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What an unmodified istiod serves is understood, all of it. */
final class ListingsTest {
    private static final String V2 = "outbound|9080|v2|reviews.default.svc.cluster.local";

    @TestFactory
    List<DynamicTest> everyResourceOfARealIstiodIsReadWithoutAProblem() throws IOException {
        return Listings.files().stream()
                .map(file -> DynamicTest.dynamicTest(file.getParent().getFileName() + "/" + file.getFileName(), () -> {
                    SnapshotAssembler assembler = new SnapshotAssembler();
                    for (Any resource : Listings.read(file)) {
                        assertThat(put(assembler, resource)).isEmpty();
                    }
                }))
                .toList();
    }

    @Test
    void aSidecarsListingsBecomeOneTablePerPortAndThePassThroughPolicy() throws IOException {
        MeshSnapshot snapshot = snapshot("sidecar");

        assertThat(snapshot.ports().keySet()).containsExactlyInAnyOrder(0, 9080, 9090);
        assertThat(names(snapshot, 9080))
                .containsExactly(
                        "ratings.default.svc.cluster.local:9080",
                        "reviews.default.svc.cluster.local:9080",
                        "allow_any");
        assertThat(names(snapshot, 0)).containsExactly("allow_any");
        assertThat(snapshot.clusters()).hasSize(11).containsKey(V2).doesNotContainKey("InboundPassthroughCluster");
    }

    @Test
    void aRouteOfAVirtualServiceKeepsItsTimeoutRetriesAndOrigin() throws IOException {
        Route jason = host(snapshot("sidecar"), 9080, "reviews.default.svc.cluster.local:9080")
                .routes()
                .get(0);

        RouteAction.Forward forward = (RouteAction.Forward) jason.action();
        assertThat(jason.origin()).hasToString("VirtualService default/reviews");
        assertThat(forward.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(forward.retry().retries()).isEqualTo(3);
        assertThat(forward.retry().on()).containsExactlyInAnyOrder(RetryOn.SERVER_ERROR, RetryOn.RESET);
        assertThat(forward.retry().perTryTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(forward.hash()).hasSize(1);
    }

    @Test
    void aTimeoutOfZeroIsNone() throws IOException {
        Route split = host(snapshot("sidecar"), 9080, "reviews.default.svc.cluster.local:9080")
                .routes()
                .get(1);

        RouteAction.Forward forward = (RouteAction.Forward) split.action();
        assertThat(forward.timeout()).isNull();
        assertThat(forward.maxGrpcTimeout()).isEqualTo(Duration.ZERO);
        assertThat(forward.clusters()).extracting("weight").containsExactly(90, 10);
        assertThat(forward.retry().avoidPreviousHosts()).isTrue();
        assertThat(forward.retry().hostSelectionAttempts()).isEqualTo(5);
    }

    @Test
    void aDestinationRulesPolicyArrivesInTheCluster() throws IOException {
        Cluster cluster = snapshot("sidecar").clusters().get(V2);

        assertThat(cluster.policy()).isInstanceOf(LoadBalancingPolicy.RingHash.class);
        assertThat(cluster.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(cluster.panicThreshold()).isZero();
        assertThat(cluster.breakers().maxPendingRequests()).isEqualTo(10);
        assertThat(cluster.outlier().consecutive5xx()).isEqualTo(7);
        assertThat(cluster.outlier().baseEjectionTime()).isEqualTo(Duration.ofMinutes(15));
        assertThat(cluster.outlier().maxEjectionTime()).isEqualTo(Duration.ofMinutes(15));
        assertThat(cluster.service())
                .isEqualTo(new Cluster.ServiceRef(
                        "reviews.default.svc.cluster.local",
                        "reviews.default.svc.cluster.local",
                        "default",
                        "v2",
                        9080));
        assertThat(cluster.tls())
                .isEqualTo(new UpstreamTls(
                        UpstreamTls.Mode.ISTIO_MUTUAL,
                        "outbound_.9080_.v2_.reviews.default.svc.cluster.local",
                        List.of("spiffe://cluster.local/ns/default/sa/reviews"),
                        List.of("istio-http/1.1", "istio", "http/1.1")));
    }

    @Test
    void automaticTlsIsForEndpointsThatSayTheySpeakIt() throws IOException {
        MeshSnapshot snapshot = snapshot("sidecar");
        Cluster ratings = snapshot.clusters().get("outbound|9080||ratings.default.svc.cluster.local");

        assertThat(ratings.tls()).isNull();
        assertThat(ratings.autoTls()).isNotNull();
        assertThat(ratings.autoTls().mode()).isEqualTo(UpstreamTls.Mode.ISTIO_MUTUAL);
    }

    @Test
    void prioritiesLocalitiesAndWorkloadsOfEndpointsAreKept() throws IOException {
        ClusterLoadAssignment reviews =
                snapshot("sidecar").endpoints().get("outbound|9080||reviews.default.svc.cluster.local");

        assertThat(reviews.localities()).hasSize(3);
        assertThat(reviews.localities()).extracting("priority").containsAnyOf(0, 1, 2);
        assertThat(reviews.localities().get(0).endpoints().get(0).metadata().get("workload"))
                .startsWith("reviews-v");
    }

    @Test
    void theShapeForStockGrpcIsReadAsTablesByName() throws IOException {
        MeshSnapshot snapshot = snapshot("grpc");

        assertThat(names(snapshot, 9090)).containsExactly("reviews.default.svc.cluster.local:9090");
        assertThat(snapshot.ports()).doesNotContainKey(0);
    }

    private static VirtualHost host(MeshSnapshot snapshot, int port, String name) {
        return snapshot.ports().get(port).stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(MeshSnapshot snapshot, int port) {
        return snapshot.ports().get(port).stream().map(VirtualHost::name).toList();
    }

    private static MeshSnapshot snapshot(String node) throws IOException {
        SnapshotAssembler assembler = new SnapshotAssembler();
        for (String type : List.of("rds", "lds", "eds", "cds")) {
            for (Any resource : Listings.of(node, type)) {
                put(assembler, resource);
            }
        }
        return assembler.assemble("1", MeshSnapshot.Source.STREAM, 0);
    }

    private static List<ConfigProblem> put(SnapshotAssembler assembler, Any resource) throws IOException {
        return assembler.put(
                resource.getTypeUrl(),
                Listings.name(resource),
                resource.getValue().toByteArray());
    }
}
