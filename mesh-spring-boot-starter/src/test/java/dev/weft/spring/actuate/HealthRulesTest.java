package dev.weft.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.MeshConfiguration;
import dev.weft.MeshState;
import dev.weft.config.MeshSnapshot;
import dev.weft.spring.HealthProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class HealthRulesTest {
    private static final HealthProperties LIMITS = new HealthProperties(Duration.ofHours(1), Duration.ofMinutes(10));

    private static MeshConfiguration confirmed(Duration ago, boolean connected) {
        return new MeshConfiguration("4711", MeshSnapshot.Source.STREAM, ago, connected, "mesh:15012", List.of());
    }

    private static final MeshConfiguration FRESH = confirmed(Duration.ZERO, true);

    private static Health health(Condition condition) {
        Health.Builder builder = new Health.Builder();
        MeshHealthIndicator.say(builder, condition, LIMITS);
        return builder.build();
    }

    private static Condition.Certificate certificate(Duration life, Duration left) {
        return new Condition.Certificate("spiffe://cluster.local/ns/default/sa/shop", life, left, "CA is away");
    }

    private static Condition withIdentity(Duration life, Duration left) {
        return new Condition(MeshState.READY, "", FRESH, certificate(life, left));
    }

    @Test
    void aMeshThatServesIsUp() {
        Health health = health(withIdentity(Duration.ofHours(1), Duration.ofMinutes(41)));
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("state", "READY")
                .containsEntry("configuration", Map.of("version", "4711", "stale", false, "age", "PT0S"))
                .containsEntry(
                        "identity", Map.of("id", "spiffe://cluster.local/ns/default/sa/shop", "expires", "PT41M"));
    }

    @Test
    void aControlPlaneThatIsAwayIsNoReasonToSendAnybodyAway() {
        Health health = health(new Condition(MeshState.STALE, "", confirmed(Duration.ofMinutes(12), false), null));
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("configuration", Map.of("version", "4711", "stale", true, "age", "PT12M"));
    }

    @Test
    void pastTheLimitItIsDegradedWhichBootLeavesOutOfTheAggregate() {
        Condition old = new Condition(MeshState.STALE, "", confirmed(Duration.ofMinutes(61), false), null);
        assertThat(health(old).getStatus()).isEqualTo(MeshHealthIndicator.DEGRADED);
        // A control plane that is there and has nothing new to say is not stale.
        Condition quiet = new Condition(MeshState.READY, "", confirmed(Duration.ofDays(2), true), null);
        assertThat(health(quiet).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void withoutAConfigurationItIsDownAndSaysWhatIsMissing() {
        MeshConfiguration none = new MeshConfiguration("", null, Duration.ZERO, false, "mesh:15012", List.of());
        Health health = health(new Condition(MeshState.STARTING, "configuration: connection refused", none, null));
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails()).containsEntry("missing", "configuration: connection refused");
    }

    @Test
    void anIdentityNearItsEndIsDegradedAndOneThatIsOverIsDown() {
        Duration hour = Duration.ofHours(1);
        assertThat(health(withIdentity(hour, Duration.ofMinutes(11))).getStatus())
                .isEqualTo(Status.UP);
        Health near = health(withIdentity(hour, Duration.ofMinutes(9)));
        assertThat(near.getStatus()).isEqualTo(MeshHealthIndicator.DEGRADED);
        assertThat(near.getDetails().get("identity")).asString().contains("CA is away", "PT9M");
        // Of six minutes the last one.
        assertThat(health(withIdentity(Duration.ofMinutes(6), Duration.ofSeconds(61)))
                        .getStatus())
                .isEqualTo(Status.UP);
        assertThat(health(new Condition(
                                MeshState.STARTING,
                                "identity: spiffe://... is over",
                                FRESH,
                                certificate(hour, Duration.ofSeconds(-5))))
                        .getStatus())
                .isEqualTo(Status.DOWN);
    }
}
