package dev.weft.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.identity.Identity;
import dev.weft.identity.Pem;
import dev.weft.identity.Svid;
import dev.weft.identity.TestAuthority;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificate, key and roots are taken over together, or not at all. */
final class WatchedFilesTest {
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final ManualWorld world = World.manual();
    private final TestAuthority root = TestAuthority.root("root", world.epochMillis());
    private final List<Identity> seen = new ArrayList<>();
    private WatchedFiles watched;

    @TempDir
    Path directory;

    @BeforeEach
    void files() {
        write(root, root.leaf().uri(TestAuthority.REVIEWS).svid());
        watched = new WatchedFiles(
                new CertificateFiles(file("cert.pem"), file("key.pem"), file("roots.pem")),
                world.world(),
                Runnable::run);
        watched.onChange(seen::add);
        watched.start();
    }

    @Test
    void whatIsThereIsInForceAtOnceAndUnchangedFilesAreNoNews() {
        assertThat(watched.current().svid().id()).hasToString(TestAuthority.REVIEWS);
        world.advance(Duration.ofMinutes(1));
        assertThat(seen).hasSize(1);
    }

    @Test
    void whatChangesIsTakenOver() {
        TestAuthority next = TestAuthority.root("next", world.epochMillis());
        Svid svid = next.leaf().uri(TestAuthority.REVIEWS).svid();
        write(next, svid);
        world.advance(LOOK.multipliedBy(2));

        assertThat(watched.current().svid()).isEqualTo(svid);
        assertThat(watched.current().bundle().roots("cluster.local")).containsExactly(next.certificate);
        assertThat(seen.get(1).epoch()).isGreaterThan(seen.get(0).epoch());
    }

    @Test
    void halfOfAChangeIsNeverInForce() throws Exception {
        Svid svid = root.leaf().uri(TestAuthority.REVIEWS).svid();
        Files.writeString(file("cert.pem"), Pem.write(svid.chain()));
        world.advance(LOOK.multipliedBy(3));
        assertThat(seen).hasSize(1);
        assertThat(watched.trouble()).contains("key does not belong to the certificate");

        Tokens.secret(file("key.pem"), Pem.write(svid.key()));
        world.advance(LOOK.multipliedBy(2));

        assertThat(watched.current().svid()).isEqualTo(svid);
        assertThat(watched.trouble()).isEmpty();
    }

    @Test
    void aCertificateOfRootsThatAreNotThereYetIsNotInForce() throws Exception {
        TestAuthority next = TestAuthority.root("next", world.epochMillis());
        Svid svid = next.leaf().uri(TestAuthority.REVIEWS).svid();
        Files.writeString(file("cert.pem"), Pem.write(svid.chain()));
        Tokens.secret(file("key.pem"), Pem.write(svid.key()));
        world.advance(LOOK.multipliedBy(3));
        assertThat(seen).hasSize(1);

        Tokens.roots(file("roots.pem"), next.certificate);
        world.advance(LOOK.multipliedBy(2));
        assertThat(seen).hasSize(2);
    }

    @Test
    void filesThatVanishLeaveTheLastIdentityInForce() throws Exception {
        Files.delete(file("key.pem"));
        world.advance(LOOK.multipliedBy(3));

        assertThat(watched.current()).isSameAs(seen.get(0));
        assertThat(watched.trouble()).contains("key.pem");
    }

    @Test
    void nobodyLooksAfterTheEnd() {
        watched.close();
        assertThat(world.pendingTimers()).isZero();
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private void write(TestAuthority authority, Svid svid) {
        try {
            Files.writeString(file("cert.pem"), Pem.write(svid.chain()));
            Tokens.secret(file("key.pem"), Pem.write(svid.key()));
            Tokens.roots(file("roots.pem"), authority.certificate);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
