package dev.weft.xds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.ConfigProblem;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.VirtualHost;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dialect of mesh-control: an index of names, and the rest on demand. */
final class ByNameTest {
    private static final String REVIEWS = "reviews.default.svc.cluster.local:9080";
    private static final String V1 = "outbound|9080|v1|reviews.default.svc.cluster.local";
    private static final String V2 = "outbound|9080|v2|reviews.default.svc.cluster.local";

    private ScriptedControlPlane server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedControlPlane.meshControl();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theFirstRequestIsAWildcardOfClustersWithTheNode() {
        try (Client client = Client.of(server)) {
            DeltaDiscoveryRequest first = server.asked(ResourceType.CLUSTER);

            assertThat(first.getResourceNamesSubscribeList()).isEmpty();
            assertThat(first.getNode().getId())
                    .isEqualTo("sidecar~127.0.0.1~productpage-1.default~default.svc.cluster.local");
            assertThat(first.getNode().getUserAgentName()).isEqualTo("weft");
            assertThat(client.last()).isNull();
        }
    }

    @Test
    void theIndexAloneIsASnapshotWhoseHostsAreNotLoaded() {
        try (Client client = Client.indexed(server, null, REVIEWS)) {
            assertThat(client.host(REVIEWS).loaded()).isFalse();
            assertThat(client.host("*:0").loaded()).isTrue();
            assertThat(client.last().ports().get(0)).hasSize(1);
            assertThat(client.last().source()).isEqualTo(MeshSnapshot.Source.STREAM);
            assertThat(server.wasAsked(ResourceType.LISTENER)).isFalse();
            assertThat(client.source.state().dialect()).isEqualTo(Dialect.BY_NAME);
        }
    }

    @Test
    void aFirstCallAsksForListenerAndRoutesThenClustersThenEndpoints() {
        try (Client client = Client.indexed(server, null, REVIEWS)) {
            client.source.request(client.host(REVIEWS));

            assertThat(server.asked(ResourceType.LISTENER).getResourceNamesSubscribeList())
                    .containsExactly(REVIEWS);
            assertThat(server.asked(ResourceType.ROUTE).getResourceNamesSubscribeList())
                    .containsExactly(REVIEWS);
            server.push(ResourceType.LISTENER, Resources.listener(REVIEWS));
            server.push(ResourceType.ROUTE, Resources.routes(REVIEWS, V1));
            assertThat(server.asked(ResourceType.CLUSTER).getResourceNamesSubscribeList())
                    .containsExactly(V1);
            server.push(ResourceType.CLUSTER, Resources.cluster(V1));
            assertThat(server.asked(ResourceType.ENDPOINT).getResourceNamesSubscribeList())
                    .containsExactly(V1);
            client.source.settle();
            assertThat(client.host(REVIEWS).loaded()).as("before the endpoints").isFalse();
            server.push(ResourceType.ENDPOINT, Resources.endpoints(V1, "127.0.0.1", 1));

            client.settled("loaded", () -> client.host(REVIEWS).loaded());
            assertThat(client.last().clusters()).containsOnlyKeys(V1);
            assertThat(client.last().endpoints()).containsOnlyKeys(V1);
        }
    }

    @Test
    void routesToANewClusterWaitUntilItHasEndpoints() {
        try (Client client = Client.indexed(server, null, REVIEWS)) {
            client.load(server, REVIEWS, V1);
            VirtualHost before = client.host(REVIEWS);

            server.push(ResourceType.ROUTE, Resources.routes(REVIEWS, V2));
            server.asked(ResourceType.CLUSTER);
            server.push(ResourceType.CLUSTER, Resources.cluster(V2));
            server.asked(ResourceType.ENDPOINT);
            client.source.settle();
            assertThat(client.host(REVIEWS)).isSameAs(before);
            assertThat(client.last().clusters()).containsKey(V1);

            server.push(ResourceType.ENDPOINT, Resources.endpoints(V2, "127.0.0.2", 1));
            client.settled("switched", () -> client.host(REVIEWS) != before);
            client.settled("v1 gone", () -> !client.last().clusters().containsKey(V1));
            assertThat(client.last().endpoints()).containsOnlyKeys(V2);
        }
    }

    @Test
    void routesToAClusterThatNeverComesWaitFifteenSeconds() {
        try (Client client = Client.indexed(server, null, REVIEWS)) {
            client.load(server, REVIEWS, V1);
            VirtualHost before = client.host(REVIEWS);
            server.answer(server.push(ResourceType.ROUTE, Resources.routes(REVIEWS, V2)));
            client.source.settle();

            client.advance(Duration.ofMillis(14_900));
            assertThat(client.host(REVIEWS)).isSameAs(before);
            client.advance(Duration.ofMillis(200));

            assertThat(client.host(REVIEWS)).isNotSameAs(before);
            assertThat(client.last().clusters()).doesNotContainKey(V2);
        }
    }

    @Test
    void aRemovedClusterStaysWhileItsRoutesDo() {
        try (Client client = Client.indexed(server, null, REVIEWS)) {
            client.load(server, REVIEWS, V1);

            server.answer(server.remove(ResourceType.CLUSTER, V1));
            server.answer(server.remove(ResourceType.ENDPOINT, V1));
            client.source.settle();
            assertThat(client.last().clusters()).containsKey(V1);
            assertThat(client.last().endpoints().get(V1).localities()).hasSize(1);

            client.advance(Duration.ofSeconds(16));
            assertThat(client.last().clusters()).doesNotContainKey(V1);
        }
    }

    @Test
    void endpointsThatAreRemovedBeforeTheirClusterStayAsLong() {
        try (Client client = Client.indexed(server, null, REVIEWS)) {
            client.load(server, REVIEWS, V1);
            server.answer(server.push(ResourceType.ROUTE, Resources.routes(REVIEWS, V2)));

            server.answer(server.remove(ResourceType.ENDPOINT, V1));
            server.answer(server.remove(ResourceType.CLUSTER, V1));
            client.source.settle();
            assertThat(client.last().clusters()).containsKey(V1);
            assertThat(client.last().endpoints().get(V1).localities()).hasSize(1);

            server.answer(server.push(ResourceType.CLUSTER, Resources.cluster(V2)));
            server.answer(server.push(ResourceType.ENDPOINT, Resources.endpoints(V2, "127.0.0.2", 1)));
            client.source.settle();
            assertThat(client.last().clusters()).containsOnlyKeys(V2);
            assertThat(client.last().endpoints()).containsOnlyKeys(V2);
        }
    }

    @Test
    void aHostThatIsSaidNotToExistIsLoadedWithoutRoutes() {
        try (Client client = Client.indexed(server, null, REVIEWS)) {
            client.source.request(client.host(REVIEWS));
            server.asked(ResourceType.LISTENER);
            server.remove(ResourceType.LISTENER, REVIEWS);

            client.settled("loaded", () -> client.host(REVIEWS).loaded());
            assertThat(client.host(REVIEWS).routes()).isEmpty();
        }
    }

    @Test
    void aHostThatLeavesTheIndexIsForgottenAndAskedForAgainWhenItReturns() {
        try (Client client = Client.indexed(server, null, REVIEWS)) {
            client.load(server, REVIEWS, V1);

            server.remove(ResourceType.VIRTUAL_HOST, REVIEWS);
            assertThat(server.asked(ResourceType.LISTENER).getResourceNamesUnsubscribeList())
                    .containsExactly(REVIEWS);
            client.settled("gone", () -> client.host(REVIEWS) == null);

            server.push(ResourceType.VIRTUAL_HOST, Resources.index(REVIEWS));
            assertThat(server.asked(ResourceType.LISTENER).getResourceNamesSubscribeList())
                    .containsExactly(REVIEWS);
        }
    }

    @Test
    void anUnchangedPartIsTheSameInstanceInTheNextSnapshot() {
        String ratings = "ratings.default.svc.cluster.local:9080";
        try (Client client = Client.indexed(server, null, REVIEWS, ratings)) {
            client.load(server, REVIEWS, V1);
            MeshSnapshot before = client.last();
            VirtualHost host = client.host(REVIEWS);

            server.push(ResourceType.VIRTUAL_HOST, Resources.index("details.default.svc.cluster.local:9080"));
            server.answer(server.push(ResourceType.ENDPOINT, Resources.endpoints(V1, "127.0.0.1", 1)));
            client.source.settle();

            assertThat(client.last()).isNotSameAs(before);
            assertThat(client.host(REVIEWS)).isSameAs(host);
            assertThat(client.last().clusters().get(V1))
                    .isSameAs(before.clusters().get(V1));
            assertThat(client.last().endpoints().get(V1))
                    .isSameAs(before.endpoints().get(V1));
            assertThat(client.last().ports().get(0)).isSameAs(before.ports().get(0));
        }
    }

    @Test
    void oneBadClusterAmongGoodOnesIsNamedInTheRefusalAndSpoilsNoOther() {
        try (Client client = Client.indexed(server, null, REVIEWS)) {
            client.load(server, REVIEWS, V1);

            String nonce = server.push(ResourceType.CLUSTER, Resources.badCluster(V1), Resources.cluster(V2));

            DeltaDiscoveryRequest answer = server.answer(nonce);
            assertThat(answer.getErrorDetail().getCode()).isEqualTo(3);
            assertThat(answer.getErrorDetail().getMessage())
                    .isEqualTo("Cluster " + V1 + ": connect_timeout = 0s: a duration above 0s");
            client.source.settle();
            assertThat(client.last().clusters()).containsKey(V1);
            assertThat(client.source.state().problems())
                    .singleElement()
                    .extracting(ConfigProblem::resource)
                    .isEqualTo("Cluster " + V1);

            server.answer(server.push(ResourceType.CLUSTER, Resources.cluster(V1)));
            client.source.settle();
            assertThat(client.source.state().problems()).isEmpty();
        }
    }

    @Test
    void anAcceptedPushIsAnsweredWithItsNonceAndNothingElse() {
        try (Client client = Client.of(server)) {
            server.asked(ResourceType.CLUSTER);

            DeltaDiscoveryRequest answer = server.answer(server.push(ResourceType.CLUSTER));

            assertThat(answer.hasErrorDetail()).isFalse();
            assertThat(answer.hasNode()).isFalse();
            assertThat(answer.getResourceNamesSubscribeList()).isEqualTo(List.of());
            assertThat(client.source.state().server()).isEqualTo(server.name);
        }
    }
}
