package dev.weft.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.credential.Credential;
import dev.weft.credential.JoinTokenFile;
import dev.weft.credential.JwtFile;
import dev.weft.credential.Tokens;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentityCache;
import dev.weft.identity.MeshKeys;
import dev.weft.identity.MeshTrust;
import dev.weft.identity.SpiffeId;
import dev.weft.identity.Subject;
import dev.weft.identity.TestAuthority;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.Randomness;
import dev.weft.runtime.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of an identity, in virtual time: got, renewed, lost, got again. */
final class CertifiedIdentityTest {
    private static final Subject REVIEWS = Subject.of(SpiffeId.parse(TestAuthority.REVIEWS));

    private final ManualWorld world = World.manual();
    private final TestAuthority root = TestAuthority.root("root", world.epochMillis());
    private final PlayedAuthority authority = new PlayedAuthority(root, world::epochMillis);
    private final List<Identity> seen = new ArrayList<>();
    private final Share dice = new Share();

    /** Rolls this share of what can be rolled. */
    private static final class Share implements Randomness {
        double share = 0.5;

        @Override
        public int nextInt(int bound) {
            return (int) (share * bound);
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }
    }

    @TempDir
    Path directory;

    @Test
    void isRenewedAtHalfOfItsLifeByTheCertificateItself() throws Exception {
        CertifiedIdentity identity = started(joinToken("first"));

        world.advance(Duration.ofMinutes(30).minusMillis(1));
        assertThat(seen).hasSize(1);
        world.advance(Duration.ofMillis(1));

        assertThat(seen).hasSize(2);
        assertThat(authority.shown).containsExactly(token("first"), "certificate");
        assertThat(seen.get(1).epoch()).isGreaterThan(seen.get(0).epoch());
        assertThat(identity.current()).isSameAs(seen.get(1));
    }

    @Test
    void theMomentOfARenewalIsSpreadOverATenthOfTheLife() throws Exception {
        dice.share = 0;
        started(joinToken("first"));
        world.advance(Duration.ofMinutes(27));
        assertThat(seen).as("27 minutes after the first").hasSize(2);

        dice.share = 0.999;
        world.advance(Duration.ofMinutes(27));
        assertThat(seen).hasSize(3);
        world.advance(Duration.ofMinutes(33).minusMillis(1));
        assertThat(seen).as("almost 33 minutes after the third").hasSize(3);
        world.advance(Duration.ofMillis(1));
        assertThat(seen).hasSize(4);
    }

    @Test
    void anAuthorityThatIsAwayUntilTheEndMeansRefusalAndItsReturnTheEndOfThat() throws Exception {
        CertifiedIdentity identity = started(jwt());
        authority.failing = AuthorityException.Kind.UNAVAILABLE;
        world.advance(Duration.ofMinutes(59));
        assertThat(identity.failures()).isGreaterThan(20);
        assertThat(identity.trouble()).startsWith("ca:1: as the test says (");
        accepts(identity, peer());

        world.advance(Duration.ofMinutes(2));
        assertThatThrownBy(() -> accepts(identity, peer()))
                .hasMessageContaining("own identity " + TestAuthority.REVIEWS + " expired at")
                .hasMessageContaining("see why no certificate comes from the CA");
        assertThat(MeshKeys.of(identity, world).chooseEngineServerAlias("EC", null, null))
                .isNull();

        authority.failing = null;
        world.advance(Duration.ofSeconds(31));
        accepts(identity, peer());
        assertThat(identity.trouble()).isEmpty();
    }

    @Test
    void attemptsGetRarerUpToHalfAMinute() throws Exception {
        authority.failing = AuthorityException.Kind.UNAVAILABLE;
        dice.share = 0.99999;
        started(jwt());
        int tries = 1;
        for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            world.advance(Duration.ofSeconds(seconds));
            assertThat(authority.shown).as("after " + seconds + " s more").hasSize(++tries);
        }
    }

    @Test
    void aRefusedJoinTokenIsLeftAloneUntilSomebodyReplacesIt() throws Exception {
        authority.failing = AuthorityException.Kind.REFUSED;
        CertifiedIdentity identity = started(joinToken("used"));
        world.advance(Duration.ofMinutes(4));
        assertThat(authority.shown).containsExactly(token("used"));
        assertThat(identity.trouble()).contains("(1 try)");

        authority.failing = null;
        joinToken("new");
        world.advance(Schedule.LOOK);

        assertThat(authority.shown).containsExactly(token("used"), token("new"));
        assertThat(identity.current()).isNotNull();
    }

    @Test
    void aRefusedJoinTokenIsTriedAgainAfterFiveMinutes() throws Exception {
        authority.failing = AuthorityException.Kind.REFUSED;
        started(joinToken("used"));
        world.advance(Duration.ofMinutes(16));

        assertThat(authority.shown).hasSize(4);
    }

    @Test
    void aTokenForSomebodyElseIsNotPresented() throws Exception {
        authority.failing = AuthorityException.Kind.REFUSED;
        CertifiedIdentity identity = started(joinToken("used"));
        Tokens.secret(directory.resolve("join"), Tokens.join(TestAuthority.PRODUCTPAGE, "other", root.certificate));
        world.advance(Duration.ofMinutes(6));

        assertThat(authority.shown).containsExactly(token("used"));
        assertThat(identity.trouble()).contains("is for " + TestAuthority.PRODUCTPAGE + " now");
    }

    @Test
    void whenTheCertificateIsNotTakenThePlatformsTokenIs() throws Exception {
        started(jwt());
        authority.failing = AuthorityException.Kind.UNTRUSTED;
        world.advance(Duration.ofMinutes(31));
        authority.failing = null;
        world.advance(Duration.ofSeconds(31));

        assertThat(authority.shown).contains("certificate");
        assertThat(authority.shown.get(authority.shown.size() - 1)).startsWith("ey");
        assertThat(seen).hasSize(2);
    }

    @Test
    void mistrustOnTheStreamAsksForAnotherCertificateAtOnceButNotInALoop() throws Exception {
        CertifiedIdentity identity = started(jwt());
        TestAuthority other = TestAuthority.root("other", world.epochMillis());
        authority.issuer = other;
        authority.roots = List.of(other.certificate);
        world.advance(Duration.ofMinutes(1));

        identity.mistrusted();
        identity.mistrusted();

        assertThat(authority.shown).hasSize(2);
        assertThat(authority.shown.get(1))
                .as("the token, for the certificate is of another root")
                .startsWith("ey");
        assertThat(identity.current().bundle().roots("cluster.local")).containsExactly(other.certificate);
    }

    @Test
    void anAuthorityThatIsBusyIsAskedByTheCertificateAgain() throws Exception {
        started(jwt());
        authority.failing = AuthorityException.Kind.UNAVAILABLE;
        world.advance(Duration.ofMinutes(31));

        assertThat(authority.shown.subList(1, authority.shown.size())).containsOnly("certificate");
    }

    @Test
    void aNewRootInTheBundleIsBelievedFromTheNextHandshakeOn() throws Exception {
        CertifiedIdentity identity = started(jwt());
        TestAuthority next = TestAuthority.root("next root", world.epochMillis());
        X509Certificate[] peer =
                next.leaf().uri(TestAuthority.PRODUCTPAGE).svid().chain().toArray(new X509Certificate[0]);
        assertThatThrownBy(() -> accepts(identity, peer)).hasMessageContaining("CHAIN");

        authority.roots = List.of(root.certificate, next.certificate);
        world.advance(Duration.ofMinutes(33));

        accepts(identity, peer);
        accepts(identity, peer());
    }

    @Test
    void aCertificateForAStrangerIsNotUsed() throws Exception {
        authority.identity = TestAuthority.PRODUCTPAGE;
        CertifiedIdentity identity = started(joinToken("first"));

        assertThat(identity.current()).isNull();
        assertThat(identity.trouble())
                .contains("it is for " + TestAuthority.PRODUCTPAGE + "; " + TestAuthority.REVIEWS + " was expected");
    }

    @Test
    void theTrustDomainIsForGoodOnceItIsKnown() throws Exception {
        CertifiedIdentity identity = started(jwt());
        authority.identity = "spiffe://other.domain/ns/default/sa/reviews";
        world.advance(Duration.ofMinutes(33));

        assertThat(identity.current()).isSameAs(seen.get(0));
        assertThat(identity.trouble()).contains("spiffe://other.domain/ns/default/sa/reviews");
    }

    @Test
    void aKeptIdentityBridgesARestartWithoutAnAuthority() throws Exception {
        started(joinToken("first"), cache()).close();
        authority.failing = AuthorityException.Kind.UNAVAILABLE;
        world.advance(Duration.ofMinutes(10));

        CertifiedIdentity again = started(joinToken("first"), cache());
        assertThat(again.current().svid().id()).hasToString(TestAuthority.REVIEWS);
        assertThat(authority.shown).endsWith("certificate");

        authority.failing = null;
        world.advance(Duration.ofSeconds(31));
        assertThat(again.trouble()).isEmpty();
        assertThat(authority.shown).doesNotContain(token("second"));
    }

    @Test
    void aKeptCertificateThatIsRefusedGivesWayToTheToken() throws Exception {
        started(joinToken("first"), cache()).close();
        authority.failing = AuthorityException.Kind.REFUSED;
        CertifiedIdentity again = started(joinToken("second"), cache());
        assertThat(authority.shown).endsWith("certificate");

        authority.failing = null;
        world.advance(Schedule.LOOK);

        assertThat(authority.shown).endsWith(token("second"));
        assertThat(again.trouble()).isEmpty();
    }

    @Test
    void whateverGoesWrongRenewalsGoOn() throws Exception {
        CertifiedIdentity identity = started(jwt());
        authority.breaking = true;
        world.advance(Duration.ofMinutes(35));
        assertThat(identity.trouble()).contains("java.lang.IllegalStateException: broken");

        authority.breaking = false;
        world.advance(Duration.ofSeconds(31));
        assertThat(seen).hasSize(2);
    }

    @Test
    void aListenerThatThrowsDoesNotEndRenewals() throws Exception {
        CertifiedIdentity identity = started(jwt());
        identity.onChange(next -> {
            throw new IllegalStateException("a listener's fault");
        });
        world.advance(Duration.ofHours(2));

        assertThat(seen).hasSize(5);
    }

    @Test
    void withoutACacheARestartWaitsForTheAuthority() throws Exception {
        started(joinToken("first")).close();
        authority.failing = AuthorityException.Kind.REFUSED;

        assertThat(started(joinToken("first")).current()).isNull();
    }

    @Test
    void anIdentityThatExpiredOnDiskIsNoIdentity() throws Exception {
        started(joinToken("first"), cache()).close();
        authority.failing = AuthorityException.Kind.UNAVAILABLE;
        world.advance(Duration.ofMinutes(61));

        assertThat(started(joinToken("first"), cache()).current()).isNull();
    }

    @Test
    void nothingIsAskedAfterTheEnd() throws Exception {
        started(jwt()).close();
        world.advance(Duration.ofHours(2));

        assertThat(authority.shown).hasSize(1);
        assertThat(world.pendingTimers()).isZero();
    }

    private CertifiedIdentity started(Credential credential) {
        return started(credential, null);
    }

    private CertifiedIdentity started(Credential credential, @Nullable IdentityCache cache) {
        CertifiedIdentity identity =
                CertifiedIdentity.of(authority, credential, cache, new World(world, world, dice), Runnable::run);
        identity.onChange(seen::add);
        identity.start();
        return identity;
    }

    private IdentityCache cache() {
        return new IdentityCache(directory.resolve("state"), REVIEWS, world);
    }

    private Credential joinToken(String secret) throws Exception {
        Tokens.secret(directory.resolve("join"), Tokens.join(TestAuthority.REVIEWS, secret, root.certificate));
        return JoinTokenFile.of(directory.resolve("join"));
    }

    private String token(String secret) {
        return Tokens.join(TestAuthority.REVIEWS, secret, root.certificate);
    }

    private Credential jwt() throws Exception {
        Path token = directory.resolve("token");
        Files.writeString(token, Tokens.jwt("system:serviceaccount:default:reviews"));
        return JwtFile.of(token, Tokens.roots(directory.resolve("roots"), root.certificate));
    }

    private X509Certificate[] peer() {
        return root.leaf()
                .uri(TestAuthority.PRODUCTPAGE)
                .from(world.epochMillis(), 3_600_000)
                .svid()
                .chain()
                .toArray(new X509Certificate[0]);
    }

    private void accepts(CertifiedIdentity identity, X509Certificate[] peer) throws Exception {
        MeshTrust.forPeers(identity, AllowedPeers.any(), world).checkClientTrusted(peer, "ECDHE_ECDSA");
    }
}
