package dev.weft.control.ca;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.identity.Identity;
import dev.weft.identity.SpiffeId;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control plane's own certificate. */
class ServerIdentityTest {
    private static final SpiffeId OWN = SpiffeId.of("cluster.local", "istio-system", "mesh-control");

    @TempDir
    Path directory;

    private final ManualWorld world = World.manual();
    private CertificateAuthority authority;
    private ServerIdentity identity;

    @BeforeEach
    void start() throws Exception {
        authority = CertificateAuthority.open(
                directory, CaOptions.of("cluster.local"), world.world().ticker());
        identity = ServerIdentity.start(
                authority, OWN, List.of("mesh.internal", "10.0.0.1", "::1"), List.of("old.example"), world.world());
    }

    @AfterEach
    void stop() throws Exception {
        identity.close();
        authority.close();
    }

    private Identity current() {
        return Objects.requireNonNull(identity.current());
    }

    @Test
    void itNamesTheControlPlaneItsHostsAndItsAddresses() throws Exception {
        assertThat(current().svid().id()).isEqualTo(OWN);
        assertThat(current().svid().leaf().getSubjectAlternativeNames())
                .contains(List.of(2, "mesh.internal"), List.of(7, "10.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1"));
    }

    @Test
    void itIsRenewedAtHalfOfItsLifeAndForEver() {
        List<Long> epochs = new ArrayList<>();
        identity.onChange(now -> epochs.add(now.epoch()));
        for (int half = 0; half < 5; half++) {
            world.advance(Duration.ofMinutes(30));
        }
        assertThat(epochs).containsExactly(2L, 3L, 4L, 5L, 6L);
        Instant now = Instant.ofEpochMilli(world.world().ticker().epochMillis());
        assertThat(current().svid().expiry()).isAfterOrEqualTo(now.plus(Duration.ofMinutes(59)));
    }

    @Test
    void clientsAreJudgedByEachRootAsSoonAsItIsPublishedInEachTrustDomainOfTheMesh() throws Exception {
        authority.publishNewRoot(null);
        assertThat(identity.bundle().roots("cluster.local")).hasSize(2);
        assertThat(identity.bundle().roots("old.example")).isEqualTo(authority.trustBundle());
        authority.signByNewRoot(true);
        authority.withdrawOldRoot(true);
        assertThat(identity.bundle().roots("cluster.local"))
                .isEqualTo(authority.trustBundle())
                .hasSize(1);
        assertThat(current().svid().chain()).endsWith(authority.trustBundle().get(0));
    }
}
