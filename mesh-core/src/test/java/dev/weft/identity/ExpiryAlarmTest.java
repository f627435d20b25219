package dev.weft.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operators hear of an end before it comes, and when it is there. */
final class ExpiryAlarmTest {
    private final ManualWorld world = World.manual();
    private final TestAuthority root = TestAuthority.root("root", world.epochMillis());
    private final HeldIdentity own = new HeldIdentity();
    private final List<String> said = new ArrayList<>();

    @Test
    void tenMinutesBeforeTheEndAndAtTheEnd() {
        try (ExpiryAlarm unused = alarm()) {
            own.set(identity(1, Duration.ofHours(1)));
            world.advance(Duration.ofMinutes(50).minusMillis(1));
            assertThat(said).isEmpty();

            world.advance(Duration.ofMillis(1));
            assertThat(said)
                    .containsExactly(TestAuthority.REVIEWS
                            + " ends in 600 s and is not renewed; connections to and from this process are refused"
                            + " then; see why no certificate comes from the CA: the credential, and whether the CA is"
                            + " reachable");

            world.advance(Duration.ofHours(3));
            assertThat(said).hasSize(2);
            assertThat(said.get(1)).contains("has ended at 2001-09-09T02:46:40Z");
        }
    }

    @Test
    void ofAShortLifeItsLastSixth() {
        try (ExpiryAlarm unused = alarm()) {
            own.set(identity(1, Duration.ofMinutes(6)));
            world.advance(Duration.ofMinutes(5));
            assertThat(said).singleElement().asString().contains("ends in 60 s");
        }
    }

    @Test
    void theMinutesByWhichACertificateIsDatedBackAreNoPartOfItsLife() {
        try (ExpiryAlarm unused = alarm()) {
            long begun = world.epochMillis() - Duration.ofMinutes(5).toMillis();
            long life = Duration.ofMinutes(6).toMillis();
            own.set(new Identity(
                    root.leaf().uri(TestAuthority.REVIEWS).from(begun, life).svid(), root.bundle(), 1));
            world.advance(Duration.ofSeconds(49));
            assertThat(said).isEmpty();

            world.advance(Duration.ofSeconds(1));
            assertThat(said).singleElement().asString().contains("ends in 10 s");
        }
    }

    @Test
    void nothingIsSaidOfWhatIsRenewed() {
        own.set(identity(1, Duration.ofHours(1)));
        try (ExpiryAlarm unused = alarm()) {
            world.advance(Duration.ofMinutes(30));
            own.set(identity(2, Duration.ofHours(1)));
            world.advance(Duration.ofMinutes(45));
            assertThat(said).isEmpty();
        }
        world.advance(Duration.ofHours(2));
        assertThat(said).as("nor after it is closed").isEmpty();
        assertThat(world.pendingTimers()).isZero();
    }

    private ExpiryAlarm alarm() {
        return new ExpiryAlarm(own, world.world(), said::add);
    }

    private Identity identity(long epoch, Duration life) {
        return new Identity(
                root.leaf()
                        .uri(TestAuthority.REVIEWS)
                        .from(world.epochMillis(), life.toMillis())
                        .svid(),
                root.bundle(),
                epoch);
    }
}
