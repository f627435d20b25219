package dev.weft.xds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.VirtualHost;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lost stream costs nothing, and a new one takes up where it ended. */
final class ResumeTest {
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
    void aNewStreamSaysWhatIsHereAlready() {
        try (Client client = Client.indexed(server, null, REVIEWS)) {
            client.load(server, REVIEWS, V1);

            reconnect(client);

            DeltaDiscoveryRequest clusters = server.asked(ResourceType.CLUSTER);
            assertThat(clusters.hasNode()).isTrue();
            assertThat(clusters.getResourceNamesSubscribeList()).containsExactlyInAnyOrder("*", V1);
            assertThat(clusters.getInitialResourceVersionsMap()).containsOnly(java.util.Map.entry(V1, "v"));
            server.push(ResourceType.CLUSTER);
            DeltaDiscoveryRequest index = server.asked(ResourceType.VIRTUAL_HOST);
            assertThat(index.getResourceNamesSubscribeList()).containsExactly("*");
            assertThat(index.getInitialResourceVersionsMap()).containsOnlyKeys(REVIEWS, "*:0");
            assertThat(server.asked(ResourceType.LISTENER).getInitialResourceVersionsMap())
                    .containsOnlyKeys(REVIEWS);
            assertThat(server.asked(ResourceType.ROUTE).getInitialResourceVersionsMap())
                    .containsOnlyKeys(REVIEWS);
            assertThat(server.asked(ResourceType.ENDPOINT).getInitialResourceVersionsMap())
                    .containsOnlyKeys(V1);
        }
    }

    @Test
    void aSilentReconnectChangesNothing() {
        try (Client client = Client.indexed(server, null, REVIEWS)) {
            client.load(server, REVIEWS, V1);
            MeshSnapshot before = client.last();

            reconnect(client);
            server.push(ResourceType.CLUSTER);
            server.asked(ResourceType.VIRTUAL_HOST);
            server.answer(server.push(ResourceType.VIRTUAL_HOST));
            client.advance(Duration.ofMinutes(1));

            assertThat(client.last()).isSameAs(before);
        }
    }

    @Test
    void theLastGoodConfigurationOutlivesTheControlPlane() {
        try (Client client = Client.indexed(server, null, REVIEWS)) {
            client.load(server, REVIEWS, V1);
            MeshSnapshot before = client.last();

            server.close();
            client.settled("noticed", () -> !client.source.state().connected());
            for (int i = 0; i < 20; i++) {
                failOnce(client);
            }

            assertThat(client.last()).isSameAs(before);
            assertThat(client.source.state().failedTries()).isGreaterThan(10);
            assertThat(client.source.state().age(client.world.epochMillis())).isGreaterThan(Duration.ofMinutes(9));
        }
    }

    @Test
    void aControlPlaneThatReturnsIsFoundWithinThirtySeconds() throws IOException {
        try (Client client = Client.indexed(server, null, REVIEWS)) {
            server.close();
            client.settled("noticed", () -> !client.source.state().connected());
            for (int i = 0; i < 12; i++) {
                // One below the bound of the twelfth wait, so that the last wait is the longest there is.
                client.world.dice(29_999);
                failOnce(client);
            }
            int before = server.streams();
            server.start();

            client.advance(Duration.ofSeconds(30));

            client.settled("asked again", () -> server.streams() > before);
        }
    }

    @Test
    void aPushThatIsCutInTheMiddleLeavesTheOldRoutesInForce() {
        try (Client client = Client.indexed(server, null, REVIEWS)) {
            client.load(server, REVIEWS, V1);
            VirtualHost before = client.host(REVIEWS);

            server.answer(server.push(ResourceType.ROUTE, Resources.routes(REVIEWS, V2)));
            server.cut();
            client.settled("noticed", () -> !client.source.state().connected());
            client.advance(Duration.ofSeconds(2));
            assertThat(client.host(REVIEWS)).isSameAs(before);

            // The new stream goes on where the old one was cut; what the new route names may have been asked for
            // before.
            List<String> asked = server.asked(ResourceType.CLUSTER).getResourceNamesSubscribeList();
            if (asked.equals(List.of(V2))) {
                asked = server.asked(ResourceType.CLUSTER).getResourceNamesSubscribeList();
            }
            assertThat(asked).contains(V1);
            server.push(ResourceType.CLUSTER, Resources.cluster(V2));
            server.push(ResourceType.ENDPOINT, Resources.endpoints(V2, "127.0.0.2", 1));
            client.settled("switched", () -> client.host(REVIEWS) != before);
            assertThat(client.last().clusters()).containsKey(V2);
        }
    }

    @Test
    void whatVanishedMeanwhileIsTakenAwayByTheNewStream() {
        try (Client client = Client.indexed(server, null, REVIEWS)) {
            client.load(server, REVIEWS, V1);

            reconnect(client);
            server.push(ResourceType.CLUSTER);
            server.asked(ResourceType.VIRTUAL_HOST);
            server.remove(ResourceType.VIRTUAL_HOST, REVIEWS);

            client.settled("gone", () -> client.host(REVIEWS) == null);
        }
    }

    @Test
    void anEmptyPushIsFollowedUnlessTheLastGoodIsToBeKept() {
        try (Client client = Client.of(server, null, XdsOptions.DEFAULT.withLastGoodOnEmpty())) {
            client.index(server, REVIEWS);

            server.answer(server.remove(ResourceType.VIRTUAL_HOST, REVIEWS, "*:0"));
            client.source.settle();
            assertThat(client.host(REVIEWS)).isNotNull();
        }
        try (Client client = Client.indexed(server, null, REVIEWS)) {
            server.answer(server.remove(ResourceType.VIRTUAL_HOST, REVIEWS, "*:0"));
            client.source.settle();
            assertThat(client.host(REVIEWS)).isNull();
        }
    }

    @Test
    void aServerThatTakesTheConnectionAndSaysNothingIsLeftForTheNext() throws IOException {
        try (ScriptedControlPlane second = ScriptedControlPlane.meshControl();
                Client client = Client.of(List.of(server.name, second.name), null, XdsOptions.DEFAULT)) {
            server.asked(ResourceType.CLUSTER);

            client.advance(Duration.ofSeconds(15));
            client.advance(Duration.ZERO);

            client.index(second, REVIEWS);
            assertThat(client.source.state().server()).isEqualTo(second.name);
        }
    }

    @Test
    void theFirstControlPlaneIsReturnedToWhenItCanBeReached() throws IOException {
        server.close();
        try (ScriptedControlPlane second = ScriptedControlPlane.meshControl();
                Client client = Client.of(List.of(server.name, second.name), null, XdsOptions.DEFAULT)) {
            client.settled("tried", () -> client.source.state().failedTries() == 1);
            client.advance(Duration.ZERO);
            client.index(second, REVIEWS);

            server.start();
            client.advance(Duration.ofSeconds(70));

            server.asked(ResourceType.CLUSTER);
            server.push(ResourceType.CLUSTER);
            client.settled(
                    "back",
                    () -> client.source.state().connected()
                            && client.source.state().server().equals(server.name));
            assertThat(client.host(REVIEWS)).isNotNull();
        }
    }

    /** Lets time pass until the next try has failed as well. */
    private static void failOnce(Client client) {
        int tries = client.source.state().failedTries();
        client.advance(Duration.ofSeconds(31));
        client.settled("failed again", () -> client.source.state().failedTries() > tries);
    }

    private void reconnect(Client client) {
        server.cut();
        client.settled("noticed", () -> !client.source.state().connected());
        client.advance(Duration.ofSeconds(2));
    }
}
