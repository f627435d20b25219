package dev.weft.xds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.VirtualHost;
import dev.weft.proto.envoy.service.discovery.v3.DiscoveryRequest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The older variant of the protocol, in both dialects. */
final class StateOfTheWorldTest {
    private static final String REVIEWS = "reviews.default.svc.cluster.local:9080";
    private static final String V1 = "outbound|9080|v1|reviews.default.svc.cluster.local";
    private static final XdsOptions STATE = XdsOptions.DEFAULT.withStateOfTheWorld();

    @Test
    void aHostIsLoadedByName() throws IOException {
        try (ScriptedControlPlane server = ScriptedControlPlane.meshControl();
                Client client = Client.of(server, null, STATE)) {
            DiscoveryRequest first = server.state(ResourceType.CLUSTER, request -> true);
            assertThat(first.getResourceNamesList()).isEmpty();
            assertThat(first.getNode().getUserAgentName()).isEqualTo("weft");
            server.pushAll(ResourceType.CLUSTER, "1");
            server.state(
                    ResourceType.VIRTUAL_HOST,
                    request -> request.getResourceNamesList().equals(List.of("*")));
            server.pushAll(ResourceType.VIRTUAL_HOST, "1", Resources.passOthers(), Resources.index(REVIEWS));
            client.settled("indexed", () -> client.host(REVIEWS) != null);

            client.source.request(VirtualHost.indexed(REVIEWS, List.of()));
            server.state(
                    ResourceType.LISTENER,
                    request -> request.getResourceNamesList().contains(REVIEWS));
            server.pushAll(ResourceType.LISTENER, "1", Resources.listener(REVIEWS));
            server.pushAll(ResourceType.ROUTE, "1", Resources.routes(REVIEWS, V1));
            server.state(
                    ResourceType.CLUSTER,
                    request -> request.getResourceNamesList().contains(V1));
            server.pushAll(ResourceType.CLUSTER, "2", Resources.cluster(V1));
            server.pushAll(ResourceType.ENDPOINT, "1", Resources.endpoints(V1, "127.0.0.1", 1));

            client.settled("loaded", () -> client.host(REVIEWS).loaded());
        }
    }

    @Test
    void whatAFullListLeavesOutIsGone() throws IOException {
        try (ScriptedControlPlane server = ScriptedControlPlane.istiod();
                Client client = sidecar(server)) {
            server.pushAll(ResourceType.CLUSTER, "2", Resources.cluster("b"));

            client.settled(
                    "a waits for its routes", () -> client.last().clusters().containsKey("b"));
            server.pushAll(ResourceType.ROUTE, "2", Resources.portRoutes(80, "x", "b"));
            server.pushAll(ResourceType.ENDPOINT, "2", Resources.endpoints("b", "127.0.0.2", 1));
            client.settled("a gone", () -> !client.last().clusters().containsKey("a"));
        }
    }

    @Test
    void endpointsThatAResponseDoesNotMentionStay() throws IOException {
        try (ScriptedControlPlane server = ScriptedControlPlane.istiod();
                Client client = sidecar(server)) {
            server.pushAll(ResourceType.CLUSTER, "2", Resources.cluster("a"), Resources.cluster("b"));
            server.pushAll(ResourceType.ENDPOINT, "2", Resources.endpoints("b", "127.0.0.2", 1));

            client.settled("b", () -> client.last().endpoints().containsKey("b"));
            assertThat(client.last().endpoints()).containsKey("a");
        }
    }

    @Test
    void aRefusalRepeatsTheLastAcceptedVersionAndSaysWhy() throws IOException {
        try (ScriptedControlPlane server = ScriptedControlPlane.istiod();
                Client client = sidecar(server)) {
            String nonce = server.pushAll(ResourceType.CLUSTER, "2", Resources.badCluster("a"));

            DiscoveryRequest answer = server.state(
                    ResourceType.CLUSTER, request -> request.getResponseNonce().equals(nonce));
            assertThat(answer.getVersionInfo()).isEqualTo("1");
            assertThat(answer.getErrorDetail().getMessage()).startsWith("Cluster a: connect_timeout");
            client.source.settle();
            assertThat(client.last().clusters()).containsKey("a");
        }
    }

    private static Client sidecar(ScriptedControlPlane server) {
        Client client = Client.of(server, null, STATE);
        server.state(ResourceType.CLUSTER, request -> true);
        server.pushAll(ResourceType.CLUSTER, "1", Resources.cluster("a"));
        server.state(ResourceType.LISTENER, request -> true);
        server.pushAll(ResourceType.LISTENER, "1", Resources.portListener(80));
        server.pushAll(ResourceType.ENDPOINT, "1", Resources.endpoints("a", "127.0.0.1", 1));
        server.pushAll(ResourceType.ROUTE, "1", Resources.portRoutes(80, "x", "a"));
        client.settled("configured", () -> client.host("x:80") != null);
        return client;
    }
}
