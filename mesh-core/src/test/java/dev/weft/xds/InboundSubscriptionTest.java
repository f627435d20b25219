package dev.weft.xds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.InboundPolicy;
import dev.weft.config.TlsMode;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policy for requests that come in: asked for by whoever serves, and never open by mistake. */
final class InboundSubscriptionTest {
    private static final AnnouncedPort HTTP = new AnnouncedPort("http", "http", 9080, "127.0.0.1", 40123);
    private static final Listener STRICT = InboundListeners.listener("inbound", InboundListeners.encrypted());
    private static final Listener BROKEN =
            InboundListeners.listener("inbound", InboundListeners.encrypted()).toBuilder()
                    .setDefaultFilterChain(InboundListeners.plaintext())
                    .build();

    @TempDir
    Path directory;

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
    void whoServesNothingAsksForNoPolicyAndLetsNobodyIn() {
        try (Client client = Client.indexed(server, null)) {
            assertThat(server.wasAsked(ResourceType.LISTENER)).isFalse();
            assertThat(policy(client).refusal()).contains("no policy for requests that arrive has come");
        }
    }

    @Test
    void whoAnnouncesAPortAsksForThePolicyAndRefusesUntilItIsHere() {
        try (Client client = Client.indexed(server, null)) {
            client.source.announce(List.of(HTTP));

            assertThat(server.asked(ResourceType.LISTENER).getResourceNamesSubscribeList())
                    .containsExactly("inbound");
            assertThat(policy(client).refusal()).isNotNull();
            server.answer(server.push(ResourceType.LISTENER, STRICT));
            client.settled("policy", () -> policy(client).refusal() == null);
            assertThat(policy(client).others().tls()).isEqualTo(TlsMode.STRICT);
        }
    }

    @Test
    void whoMeansToServeAsksBeforeItsFirstPort() {
        try (Client client = Client.indexed(server, null)) {
            client.source.serve();

            assertThat(server.asked(ResourceType.LISTENER).getResourceNamesSubscribeList())
                    .containsExactly("inbound");
        }
    }

    @Test
    void aControlPlaneThatKnowsNoPolicyIsNoReasonToOpen() {
        try (Client client = Client.indexed(server, null)) {
            client.source.serve();
            server.asked(ResourceType.LISTENER);
            client.advance(Duration.ofSeconds(16));

            assertThat(policy(client).refusal()).contains("the control plane has no policy");
        }
    }

    @Test
    void aPolicyThatIsNotUnderstoodClosesAndIsRefusedByName() {
        try (Client client = serving()) {
            DeltaDiscoveryRequest answer = server.answer(server.push(ResourceType.LISTENER, BROKEN));

            assertThat(answer.getErrorDetail().getMessage()).contains("Listener inbound: default_filter_chain");
            client.settled("closed", () -> policy(client).refusal() != null);
            assertThat(policy(client).refusal()).contains("default_filter_chain");
            assertThat(client.source.state().problems()).hasSize(1);

            server.answer(server.push(ResourceType.LISTENER, STRICT));
            client.settled("open again", () -> policy(client).refusal() == null);
            assertThat(client.source.state().problems()).isEmpty();
        }
    }

    @Test
    void aPolicyThatIsTakenAwayClosesEvenWhereTheLastGoodIsKept() {
        try (Client client = Client.of(server, null, XdsOptions.DEFAULT.withLastGoodOnEmpty())) {
            client.index(server);
            serve(client);

            server.answer(server.remove(ResourceType.LISTENER, "inbound"));
            client.settled("closed", () -> policy(client).refusal() != null);
        }
    }

    @Test
    void aRestartWithoutTheControlPlaneEnforcesTheLastPolicy() {
        serving().close();
        server.close();

        try (Client client = Client.of(server, directory, XdsOptions.DEFAULT)) {
            assertThat(policy(client).refusal()).isNull();
            assertThat(policy(client).others().tls()).isEqualTo(TlsMode.STRICT);
        }
    }

    /** The good one before it would be the weaker one: somebody has tightened the policy since. */
    @Test
    void aRestartDoesNotFallBackToThePolicyBeforeOneThatIsNotUnderstood() {
        try (Client client = serving()) {
            server.answer(server.push(ResourceType.LISTENER, BROKEN));
            client.settled("closed", () -> policy(client).refusal() != null);
        }
        server.close();

        try (Client client = Client.of(server, directory, XdsOptions.DEFAULT)) {
            assertThat(policy(client).refusal()).contains("default_filter_chain");
        }
    }

    @Test
    void aRestartAsksForThePolicyAtOnce() throws IOException {
        serving().close();
        server.close();
        server.start();

        try (Client client = Client.of(server, directory, XdsOptions.DEFAULT)) {
            server.asked(ResourceType.CLUSTER);
            server.push(ResourceType.CLUSTER);
            DeltaDiscoveryRequest asked = server.asked(ResourceType.LISTENER);
            assertThat(asked.getResourceNamesSubscribeList()).containsExactly("inbound");
            assertThat(asked.getInitialResourceVersionsMap()).containsKey("inbound");
            assertThat(policy(client).refusal()).isNull();
        }
    }

    @Test
    void anUnchangedPolicyIsTheInstanceOfBefore() {
        try (Client client = serving()) {
            InboundPolicy before = policy(client);
            server.answer(server.push(ResourceType.VIRTUAL_HOST, Resources.index("a:80")));
            client.settled("newer snapshot", () -> client.host("a:80") != null);

            assertThat(policy(client)).isSameAs(before);
        }
    }

    private Client serving() {
        Client client = Client.indexed(server, directory);
        serve(client);
        return client;
    }

    private void serve(Client client) {
        client.source.announce(List.of(HTTP));
        server.asked(ResourceType.LISTENER);
        server.answer(server.push(ResourceType.LISTENER, STRICT));
        client.settled("policy", () -> policy(client).refusal() == null);
    }

    private static InboundPolicy policy(Client client) {
        return client.last().inbound();
    }
}
