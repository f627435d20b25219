package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.config.MeshSnapshot;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.Identity;
import dev.weft.identity.TestAuthority;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A mesh is ready when it has a configuration and, where one is to come, an identity. */
final class MeshIdentityTest {
    private final Meshes meshes = new Meshes();
    private final TestAuthority root = TestAuthority.root("root", meshes.world.epochMillis());
    private final HeldIdentity own = new HeldIdentity();

    @Test
    void readyMeansConfigurationAndIdentity() throws Exception {
        meshes.identity = own;
        try (RunningMesh mesh = meshes.start()) {
            meshes.controlPlane.connected(meshes.world.epochMillis());
            meshes.controlPlane.deliver(Meshes.from(MeshSnapshot.Source.STREAM, meshes.world.epochMillis()));
            assertThat(mesh.state()).isEqualTo(MeshState.STARTING);
            assertThatThrownBy(() -> mesh.awaitReady(Duration.ofMillis(1)))
                    .hasMessage("not ready after 1 ms: identity: none yet");

            own.set(identity(1));
            mesh.ready().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(mesh.state()).isEqualTo(MeshState.READY);
            assertThat(mesh.identity().id()).hasToString("Optional[" + TestAuthority.PRODUCTPAGE + "]");
            assertThat(mesh.identity().expires()).contains(identity(1).svid().expiry());
        }
    }

    @Test
    void everyMissingPartIsNamed() {
        meshes.identity = own;
        try (RunningMesh mesh = meshes.start()) {
            assertThatThrownBy(() -> mesh.awaitReady(Duration.ofMillis(1)))
                    .hasMessage(
                            "not ready after 1 ms: configuration: localhost:15010 connection refused (4 tries), disk"
                                    + " none; identity: none yet");
        }
    }

    @Test
    void anIdentityAloneIsNotEnough() {
        own.set(identity(1));
        meshes.identity = own;
        try (RunningMesh mesh = meshes.start()) {
            assertThat(mesh.state()).isEqualTo(MeshState.STARTING);
            assertThat(mesh.ready().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void anExpiredIdentityIsNoneAndTheMeterSaysSo() {
        own.set(identity(1));
        meshes.identity = own;
        try (RunningMesh mesh = meshes.start()) {
            meshes.controlPlane.connected(meshes.world.epochMillis());
            meshes.controlPlane.deliver(Meshes.from(MeshSnapshot.Source.STREAM, meshes.world.epochMillis()));
            assertThat(secondsLeft()).isEqualTo(3_600);

            meshes.world.advance(Duration.ofMinutes(61));
            assertThat(mesh.state()).isEqualTo(MeshState.STARTING);
            assertThat(secondsLeft()).isEqualTo(-60);

            own.set(identity(2));
            assertThat(mesh.state()).isEqualTo(MeshState.READY);
        }
    }

    @Test
    void withoutTrustNoIdentityIsWaitedFor() {
        try (RunningMesh mesh = meshes.start()) {
            meshes.controlPlane.connected(meshes.world.epochMillis());
            meshes.controlPlane.deliver(Meshes.from(MeshSnapshot.Source.STREAM, meshes.world.epochMillis()));

            assertThat(mesh.state()).isEqualTo(MeshState.READY);
            assertThat(mesh.identity().current()).isNull();
            assertThat(secondsLeft()).isNaN();
        }
    }

    @Test
    void aGivenIdentityThatContradictsTheSettingsIsAnErrorThatNamesBoth() {
        own.set(identity(1));

        assertThatThrownBy(() -> Mesh.builder()
                        .service("productpage")
                        .serviceAccount("reviews")
                        .ignoreEnvironment()
                        .trust(Trust.of(own))
                        .start())
                .isInstanceOf(MeshException.Configuration.class)
                .hasMessageContaining("`reviews`, from the builder, but the credential says `productpage`");
    }

    private double secondsLeft() {
        return meshes.registry.get("mesh_identity_expiry").gauge().value();
    }

    private Identity identity(long epoch) {
        return new Identity(
                root.leaf()
                        .uri(TestAuthority.PRODUCTPAGE)
                        .from(meshes.world.epochMillis(), 3_600_000)
                        .svid(),
                root.bundle(),
                epoch);
    }
}
