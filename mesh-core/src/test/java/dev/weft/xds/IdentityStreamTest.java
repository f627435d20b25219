package dev.weft.xds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.identity.HeldIdentity;
import dev.weft.identity.Identity;
import dev.weft.identity.TestAuthority;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream and the certificate that opened it. */
final class IdentityStreamTest {
    private final ManualWorld world = World.manual();
    private final TestAuthority root = TestAuthority.root("root", world.epochMillis());
    private final HeldIdentity own = new HeldIdentity();
    private ScriptedControlPlane server;
    private XdsSource source;

    @BeforeEach
    void begins() throws IOException {
        server = ScriptedControlPlane.meshControl();
        source = XdsSource.create(
                new Bootstrap(List.of(server.name), Client.NODE, null, XdsOptions.DEFAULT),
                own,
                world.world(),
                new Leased());
        source.start();
        source.settle();
    }

    @AfterEach
    void ends() {
        source.close();
        server.close();
    }

    @Test
    void noStreamIsOpenedBeforeThereIsAnIdentityAndThenAtOnce() {
        assertThat(server.streams()).isZero();
        assertThat(source.state().lastFailure()).isEqualTo(server.name + ": waiting for an identity");

        own.set(identity(1));
        DeltaDiscoveryRequest first = server.asked(ResourceType.CLUSTER);

        assertThat(first.getNode()
                        .getMetadata()
                        .getFieldsOrThrow("SERVICE_ACCOUNT")
                        .getStringValue())
                .as("the certificate's, not the setting's")
                .isEqualTo("reviews");
        assertThat(first.getNode()
                        .getMetadata()
                        .getFieldsOrThrow("WEFT")
                        .getStructValue()
                        .getFieldsMap())
                .doesNotContainKey("identity");
    }

    @Test
    void aRenewalDoesNotCutTheStream() {
        connected();
        own.set(identity(2));
        advance(Duration.ofMinutes(50));

        assertThat(server.streams()).isEqualTo(1);
        assertThat(source.state().connected()).isTrue();
    }

    @Test
    void inTheLastTenthTheStreamIsOpenedAnewByTheNextCertificate() {
        // Ten percent early.
        world.dice(100);
        connected();
        advance(Duration.ofMinutes(50));
        own.set(identity(2));
        advance(Duration.ofMinutes(4).minusMillis(1));
        assertThat(server.streams()).isEqualTo(1);

        server.clear();
        advance(Duration.ofMillis(1));
        server.asked(ResourceType.CLUSTER);
        server.push(ResourceType.CLUSTER);
        Eventually.until("connected", () -> source.state().connected());

        assertThat(server.streams()).isEqualTo(2);
    }

    @Test
    void withoutAnotherCertificateItLastsToTheEndAndNoLonger() {
        world.dice(100);
        connected();
        advance(Duration.ofMinutes(60).minusMillis(1));
        assertThat(source.state().connected()).isTrue();

        advance(Duration.ofMillis(1));
        assertThat(source.state().connected()).isFalse();
        assertThat(source.state().lastFailure()).contains("waiting for an identity");
        advance(Duration.ofMinutes(10));
        assertThat(server.streams()).isEqualTo(1);

        server.clear();
        own.set(identity(2));
        server.asked(ResourceType.CLUSTER);
        assertThat(server.streams()).isEqualTo(2);
    }

    @Test
    void whatAPresentControlPlaneDidNotChangeItConfirmed() {
        connected();
        advance(Duration.ofMinutes(30));
        server.cut();
        Eventually.until("noticed", () -> !source.state().connected());

        assertThat(source.state().age(world.epochMillis())).isZero();
    }

    @Test
    void aStreamThatIsEndedAsSoonAsItIsThereIsNotOpenedInALoop() {
        connected();
        long waited = 0;
        for (long bound : new long[] {1_000, 2_000, 4_000, 8_000}) {
            // Each wait as long as it may be.
            world.dice(bound - 1);
            server.clear();
            int streams = server.streams();
            server.cut();
            Eventually.until("noticed", () -> !source.state().connected());
            advance(Duration.ofMillis(bound - 1));
            assertThat(server.streams()).as("after " + waited + " ms").isEqualTo(streams);
            advance(Duration.ofMillis(1));
            server.asked(ResourceType.CLUSTER);
            server.push(ResourceType.CLUSTER);
            Eventually.until("connected", () -> source.state().connected());
            waited += bound;
        }

        advance(Duration.ofSeconds(10));
        server.cut();
        Eventually.until("noticed", () -> !source.state().connected());
        assertThat(source.state().failedTries()).as("a good one was in between").isEqualTo(1);
    }

    private void connected() {
        own.set(identity(1));
        server.asked(ResourceType.CLUSTER);
        server.push(ResourceType.CLUSTER);
        Eventually.until("connected", () -> source.state().connected());
    }

    private void advance(Duration by) {
        world.advance(by);
        source.settle();
    }

    /** An hour from now. */
    private Identity identity(long epoch) {
        return new Identity(
                root.leaf()
                        .uri(TestAuthority.REVIEWS)
                        .from(world.epochMillis(), 3_600_000)
                        .svid(),
                root.bundle(),
                epoch);
    }

    /** In-process channels with the times of real ones. */
    private final class Leased implements Channels {
        @Override
        public ManagedChannel open(String name) {
            return ScriptedControlPlane.channel(name);
        }

        @Override
        public boolean ready() {
            return goodUntilMillis() > world.epochMillis();
        }

        @Override
        public long goodUntilMillis() {
            Identity identity = own.current();
            return identity == null ? 0 : identity.svid().expiry().toEpochMilli();
        }
    }
}
