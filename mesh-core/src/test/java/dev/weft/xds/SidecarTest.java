package dev.weft.xds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.VirtualHost;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dialect of istiod: listeners and clusters by wildcard, and what they name. */
final class SidecarTest {
    private static final String A = "outbound|80||a.default.svc.cluster.local";
    private static final String B = "outbound|80||b.default.svc.cluster.local";

    private ScriptedControlPlane server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedControlPlane.istiod();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void routesFollowListenersAndEndpointsFollowClusters() {
        try (Client client = configured()) {
            assertThat(client.host("a:80").loaded()).isTrue();
            assertThat(client.last().clusters()).containsOnlyKeys(A);
            assertThat(client.source.state().dialect()).isEqualTo(Dialect.SIDECAR);
            assertThat(server.wasAsked(ResourceType.VIRTUAL_HOST)).isFalse();
        }
    }

    @Test
    void thereIsNoSnapshotBeforeTheRoutesAreHere() {
        try (Client client = Client.of(server)) {
            server.asked(ResourceType.CLUSTER);
            server.answer(server.push(ResourceType.CLUSTER, Resources.cluster(A)));
            server.answer(server.push(ResourceType.ENDPOINT, Resources.endpoints(A, "127.0.0.1", 1)));
            server.answer(server.push(ResourceType.LISTENER, Resources.portListener(80)));
            client.source.settle();

            assertThat(client.last())
                    .as("a call would be taken for one that leaves the mesh")
                    .isNull();
        }
    }

    @Test
    void aReconnectNamesTheClustersWithEmptyVersionsAndTakesTheAnswerForTheWhole() {
        try (Client client = configured()) {
            server.answer(server.push(ResourceType.CLUSTER, Resources.cluster(B)));
            client.source.settle();
            server.cut();
            client.settled("noticed", () -> !client.source.state().connected());
            client.advance(Duration.ofSeconds(2));

            DeltaDiscoveryRequest clusters = server.asked(ResourceType.CLUSTER);
            assertThat(clusters.getResourceNamesSubscribeList()).isEmpty();
            assertThat(clusters.getInitialResourceVersionsMap()).containsOnlyKeys(A, B);
            server.answer(server.push(ResourceType.CLUSTER, Resources.cluster(A)));
            client.settled("b gone", () -> !client.last().clusters().containsKey(B));
            assertThat(client.last().clusters()).containsKey(A);
        }
    }

    @Test
    void aListenerThatGoesTakesItsTableAlong() {
        try (Client client = configured()) {
            server.answer(server.remove(ResourceType.LISTENER, "0.0.0.0_80"));
            client.source.settle();

            assertThat(client.last().ports()).doesNotContainKey(80);
            assertThat(server.asked(ResourceType.ROUTE).getResourceNamesUnsubscribeList())
                    .containsExactly("80");
        }
    }

    @Test
    void aRefusedTableLeavesTheLastGoodOneInForce() {
        try (Client client = configured()) {
            VirtualHost before = client.host("a:80");
            RouteConfiguration bad = Resources.portRoutes(80, "a", A).toBuilder()
                    .addVirtualHosts(Resources.index("b:80").toBuilder()
                            .addRoutes(dev.weft.proto.envoy.config.route.v3.Route.getDefaultInstance()))
                    .build();

            DeltaDiscoveryRequest answer = server.answer(server.push(ResourceType.ROUTE, bad));
            client.source.settle();

            assertThat(answer.getErrorDetail().getMessage())
                    .contains("RouteConfiguration 80: virtual_hosts[1].routes[0]: one of route, redirect");
            assertThat(client.host("a:80")).isSameAs(before);
            assertThat(client.host("b:80")).isNull();
        }
    }

    @Test
    void ninetyNineGoodClustersComeThroughWithOneBad() {
        try (Client client = configured()) {
            Message[] clusters = new Message[100];
            for (int i = 0; i < clusters.length; i++) {
                clusters[i] = i == 42 ? Resources.badCluster("c42") : Resources.cluster("c" + i);
            }

            DeltaDiscoveryRequest answer = server.answer(server.push(ResourceType.CLUSTER, clusters));
            client.source.settle();

            assertThat(answer.getErrorDetail().getMessage())
                    .startsWith("Cluster c42: ")
                    .doesNotContain("\n");
            assertThat(client.last().clusters()).hasSize(1 + 99).doesNotContainKey("c42");
        }
    }

    @Test
    void whatARealIstiodServesIsAcceptedPushByPush() throws IOException {
        try (Client client = Client.of(server)) {
            server.asked(ResourceType.CLUSTER);
            for (String type : List.of("cds", "eds", "lds", "rds")) {
                Message[] resources = listing(type);
                DeltaDiscoveryRequest answer = server.answer(server.push(Resources.type(resources[0]), resources));
                assertThat(answer.hasErrorDetail())
                        .as(answer.getErrorDetail().getMessage())
                        .isFalse();
            }
            client.source.settle();

            MeshSnapshot snapshot = client.last();
            assertThat(snapshot.ports().keySet()).containsExactlyInAnyOrder(0, 9080, 9090);
            assertThat(client.source.state().problems()).isEmpty();
        }
    }

    private static Message[] listing(String type) throws IOException {
        List<Message> messages = new ArrayList<>();
        for (Any any : Listings.of("sidecar", type)) {
            messages.add(
                    switch (type) {
                        case "cds" -> any.unpack(Cluster.class);
                        case "eds" -> any.unpack(ClusterLoadAssignment.class);
                        case "lds" -> any.unpack(Listener.class);
                        default -> any.unpack(RouteConfiguration.class);
                    });
        }
        return messages.toArray(Message[]::new);
    }

    private Client configured() {
        Client client = Client.of(server);
        server.asked(ResourceType.CLUSTER);
        server.push(ResourceType.CLUSTER, Resources.cluster(A));
        assertThat(server.asked(ResourceType.LISTENER).getResourceNamesSubscribeList())
                .isEmpty();
        server.push(ResourceType.LISTENER, Resources.portListener(80));
        assertThat(server.asked(ResourceType.ROUTE).getResourceNamesSubscribeList())
                .containsExactly("80");
        server.push(ResourceType.ENDPOINT, Resources.endpoints(A, "127.0.0.1", 1));
        server.push(ResourceType.ROUTE, Resources.portRoutes(80, "a", A));
        client.settled("configured", () -> client.host("a:80") != null);
        return client;
    }
}
