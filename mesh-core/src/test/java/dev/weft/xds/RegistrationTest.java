package dev.weft.xds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the process says of itself on the stream. */
final class RegistrationTest {
    private static final AnnouncedPort HTTP = new AnnouncedPort("http", "http", 9080, "127.0.0.1", 40123);

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
    void portsAreToldOnceTheyAreKnown() {
        try (Client client = Client.indexed(server, null)) {
            client.source.announce(List.of(HTTP));

            DeltaDiscoveryRequest health = server.health();
            assertThat(health.hasErrorDetail()).isFalse();
            Struct weft =
                    health.getNode().getMetadata().getFieldsOrThrow("WEFT").getStructValue();
            assertThat(weft.getFieldsOrThrow("instance").getStringValue()).isEqualTo("productpage-1");
            assertThat(weft.getFieldsOrThrow("epoch").getStringValue()).isEqualTo("1000000000000");
            Struct port =
                    weft.getFieldsOrThrow("ports").getListValue().getValues(0).getStructValue();
            assertThat(port.getFieldsOrThrow("servicePort").getNumberValue()).isEqualTo(9080);
            assertThat(port.getFieldsOrThrow("boundPort").getNumberValue()).isEqualTo(40123);
            assertThat(port.getFieldsOrThrow("address").getStringValue()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void illnessIsToldWithItsReasonAndRecoveryToo() {
        try (Client client = Client.indexed(server, null)) {
            client.source.announce(List.of(HTTP));
            server.health();

            client.source.down("database unreachable");
            DeltaDiscoveryRequest down = server.health();
            assertThat(down.getErrorDetail().getCode()).isEqualTo(14);
            assertThat(down.getErrorDetail().getMessage()).isEqualTo("database unreachable");

            client.source.up();
            assertThat(server.health().hasErrorDetail()).isFalse();
        }
    }

    @Test
    void aNewStreamHearsItAgain() {
        try (Client client = Client.indexed(server, null)) {
            client.source.announce(List.of(HTTP));
            client.source.down("warming up");
            server.health();
            server.health();

            server.cut();
            client.settled("noticed", () -> !client.source.state().connected());
            client.advance(Duration.ofSeconds(2));
            server.asked(ResourceType.CLUSTER);
            server.push(ResourceType.CLUSTER);

            assertThat(server.health().getErrorDetail().getMessage()).isEqualTo("warming up");
        }
    }

    @Test
    void aGoodbyeWaitsForTheAnswer() {
        try (Client client = Client.indexed(server, null)) {
            client.source.announce(List.of(HTTP));
            server.health();

            CompletableFuture<Void> goodbye = client.source.goodbye().toCompletableFuture();
            DeltaDiscoveryRequest said = server.health();
            assertThat(said.getErrorDetail().getCode()).isEqualTo(1);
            assertThat(said.getNode().getMetadata().containsFields("WEFT")).isTrue();
            assertThat(goodbye).isNotDone();

            server.seeOff();
            client.settled("seen off", goodbye::isDone);
        }
    }

    @Test
    void aGoodbyeWithoutAnAnswerEndsAfterThreeSeconds() {
        try (Client client = Client.indexed(server, null)) {
            client.source.announce(List.of(HTTP));
            server.health();
            CompletableFuture<Void> goodbye = client.source.goodbye().toCompletableFuture();
            server.health();

            client.advance(Duration.ofMillis(2_900));
            assertThat(goodbye).isNotDone();
            client.advance(Duration.ofMillis(200));

            assertThat(goodbye).isCompleted();
        }
    }

    @Test
    void whoHasLeftIsNotRegisteredAgainByANewStream() {
        try (Client client = Client.indexed(server, null)) {
            client.source.announce(List.of(HTTP));
            server.health();
            client.source.goodbye();
            server.health();
            server.cut();
            client.settled("noticed", () -> !client.source.state().connected());
            client.advance(Duration.ofSeconds(2));

            DeltaDiscoveryRequest first = server.asked(ResourceType.CLUSTER);
            server.answer(server.push(ResourceType.CLUSTER));
            client.source.settle();

            assertThat(first.getNode()
                            .getMetadata()
                            .getFieldsOrThrow("WEFT")
                            .getStructValue()
                            .getFieldsOrThrow("ports")
                            .getListValue()
                            .getValuesCount())
                    .isZero();
            assertThat(server.wasAskedFor(AdsStream.HEALTH_TYPE)).isFalse();
        }
    }

    @Test
    void aGoodbyeOfSomebodyWhoNeverAnnouncedAnythingIsDoneAtOnce() {
        try (Client client = Client.indexed(server, null)) {
            CompletableFuture<Void> goodbye = client.source.goodbye().toCompletableFuture();
            client.source.settle();

            assertThat(goodbye).isCompleted();
        }
    }
}
