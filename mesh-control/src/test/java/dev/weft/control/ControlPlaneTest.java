package dev.weft.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.Status;
import dev.weft.control.ads.HandmadeSource;
import dev.weft.control.ads.Nodes;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.registry.Registration;
import dev.weft.control.store.ConfigStore;
import dev.weft.proto.envoy.config.core.v3.Node;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlPlaneTest {
    private static final String HEALTH = "type.googleapis.com/istio.v1.HealthInformation";

    private final HandmadeSource source = new HandmadeSource();

    @TempDir
    Path data;

    @Test
    void registrationsOutliveARestart() throws Exception {
        try (ControlPlane plane = start(0);
                TestClient reviews = TestClient.connect(plane.port(), node("reviews-1", 1))) {
            say(reviews, "reviews-1", 1, 0);
            TestClient.until(() -> registered(plane).size() == 1);
        }
        try (ControlPlane plane = start(0)) {
            assertThat(registered(plane)).extracting(Registration::instanceId).containsExactly("reviews-1");
        }
    }

    @Test
    void streamsEndWithUnavailableWhenItStops() throws Exception {
        ControlPlane plane = start(0);
        try (TestClient reviews = TestClient.connect(plane.port(), node("reviews-1", 1))) {
            reviews.subscribe(ResourceType.VIRTUAL_HOST);
            reviews.next();
            plane.close();
            TestClient.until(() -> reviews.ended() != null);
            assertThat(reviews.ended())
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            ended ->
                                    assertThat(ended.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE));
        }
        plane.close();
    }

    @Test
    void portThatIsTakenIsSaid() throws Exception {
        try (ControlPlane plane = start(0)) {
            assertThatThrownBy(() -> start(plane.port()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + plane.port())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void callersLearnOfAGoodbyeBeforeItIsAnswered() throws Exception {
        try (ControlPlane plane = start(0);
                TestClient caller = TestClient.connect(plane.port(), node("caller-1", 1));
                TestClient reviews = TestClient.connect(plane.port(), node("reviews-1", 1))) {
            plane.registry()
                    .onChange(snapshot -> source.put(
                                    ResourceType.ENDPOINT,
                                    HandmadeSource.endpoints(
                                            "reviews",
                                            100
                                                    + snapshot.instances("default", "reviews")
                                                            .size()))
                            .publish());
            say(reviews, "reviews-1", 1, 0);
            TestClient.until(() -> registered(plane).size() == 1);
            caller.subscribe(ResourceType.ENDPOINT, "reviews");
            // The registry knows of the instance before the source has published it.
            String present = HandmadeSource.endpoints("reviews", 101).version();
            DeltaDiscoveryResponse seen;
            do {
                seen = caller.next();
                caller.ack(seen);
            } while (!seen.getResources(0).getVersion().equals(present));
            say(reviews, "reviews-1", 1, 1);
            var change = caller.next();
            assertThat(change.getResources(0).getVersion())
                    .isEqualTo(HandmadeSource.endpoints("reviews", 100).version());
            assertThat(reviews.waiting()).isZero();
            caller.ack(change);
            assertThat(reviews.next().getTypeUrl()).isEqualTo(HEALTH);
        }
    }

    @Test
    void newConnectionOfAnInstanceTakesOverFromTheOldOne() throws Exception {
        try (ControlPlane plane = start(0)) {
            TestClient old = TestClient.connect(plane.port(), node("reviews-1", 1));
            say(old, "reviews-1", 1, 0);
            TestClient.until(() -> registered(plane).size() == 1);
            try (TestClient fresh = TestClient.connect(plane.port(), node("reviews-1", 2))) {
                say(fresh, "reviews-1", 2, 0);
                TestClient.until(() -> registered(plane).get(0).epoch() == 2);
                say(old, "reviews-1", 1, 1);
                assertThat(old.next().getTypeUrl()).isEqualTo(HEALTH);
                assertThat(registered(plane)).extracting(Registration::epoch).containsExactly(2L);
            } finally {
                old.close();
            }
        }
    }

    private ControlPlane start(int port) throws IOException {
        return ControlPlane.start(
                ControlPlaneOptions.of(Path.of("unused")).withPort(port).withData(data),
                ConfigStore.of(IstioConfig.EMPTY, MeshConfig.DEFAULT),
                (store, registry) -> source);
    }

    private static List<Registration> registered(ControlPlane plane) {
        return plane.registry().snapshot().instances("default", "reviews");
    }

    private static Node node(String name, long epoch) {
        return Nodes.weft(name, "default", "reviews", epoch, 40_001);
    }

    private static void say(TestClient client, String name, long epoch, int code) {
        DeltaDiscoveryRequest.Builder request =
                DeltaDiscoveryRequest.newBuilder().setTypeUrl(HEALTH);
        if (code != 0) {
            request.setErrorDetail(Status.newBuilder().setCode(code));
        }
        client.send(request);
        // The first request of a stream carries the node by itself; later ones of this type must.
        client.introduceAs(node(name, epoch));
    }
}
