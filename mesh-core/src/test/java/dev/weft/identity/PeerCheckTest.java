package dev.weft.identity;

import static dev.weft.identity.TestAuthority.PRODUCTPAGE;
import static dev.weft.identity.TestAuthority.REVIEWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.identity.LeafUse.Side;
import dev.weft.identity.PeerRefusedException.Check;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

/** Each check refuses what only it can refuse: every chain here is good but for one thing. */
final class PeerCheckTest {
    private static final long MINUTE = 60_000;

    private final TestAuthority root = TestAuthority.root("root");
    private final TestAuthority issuer = root.intermediate("issuer");
    private final long now = System.currentTimeMillis();
    private final Identity own = new Identity(issuer.leaf().uri(PRODUCTPAGE).svid(), root.bundle(), 1);

    private SpiffeId check(X509Certificate... chain) throws PeerRefusedException {
        return check(AllowedPeers.of(List.of(REVIEWS)), Side.SERVER, chain);
    }

    private SpiffeId check(AllowedPeers allowed, Side side, X509Certificate... chain) throws PeerRefusedException {
        return new PeerCheck(IdentitySource.of(own), allowed, new FixedClock(now)).check(chain, side);
    }

    private PeerRefusedException refused(X509Certificate... chain) {
        return refused(Side.SERVER, chain);
    }

    private PeerRefusedException refused(Side side, X509Certificate... chain) {
        PeerRefusedException refusal = catchThrowableOfType(
                PeerRefusedException.class, () -> check(AllowedPeers.of(List.of(REVIEWS)), side, chain));
        assertThat(refusal).as("the refusal").isNotNull();
        return refusal;
    }

    @Test
    void goodPeerIsAcceptedOnBothSides() throws Exception {
        X509Certificate[] chain =
                issuer.leaf().uri(REVIEWS).dns("reviews.default").chain();

        assertThat(check(chain)).hasToString(REVIEWS);
        assertThat(check(AllowedPeers.any(), Side.CLIENT, chain)).hasToString(REVIEWS);
    }

    @Test
    void rootSentWithTheChainDoesNoHarm() throws Exception {
        X509Certificate[] chain = issuer.leaf().uri(REVIEWS).chain();

        assertThat(check(chain[0], chain[1], root.certificate)).hasToString(REVIEWS);
    }

    @Test
    void crossSignedRootIsFollowedByThoseWhoNeedItAndPassedOverByOthers() throws Exception {
        TestAuthority next = TestAuthority.root("next root");
        X509Certificate[] leaf = next.leaf().uri(REVIEWS).chain();
        X509Certificate cross = next.crossSignedBy(root);
        Identity knowsNext = new Identity(own.svid(), next.bundle(), 2);

        assertThat(check(leaf[0], cross)).hasToString(REVIEWS);
        assertThat(new PeerCheck(IdentitySource.of(knowsNext), AllowedPeers.any(), new FixedClock(now))
                        .check(new X509Certificate[] {leaf[0], cross}, Side.SERVER))
                .hasToString(REVIEWS);
    }

    @Test
    void expiredIsRefusedWithoutTolerance() {
        X509Certificate[] chain = issuer.leaf()
                .uri(REVIEWS)
                .from(now - 60 * MINUTE, 60 * MINUTE - 2000)
                .chain();

        PeerRefusedException refusal = refused(chain);

        assertThat(refusal.check()).isEqualTo(Check.TIMES);
        assertThat(refusal)
                .hasMessageContaining(REVIEWS)
                .hasMessageContaining("expired at")
                .hasMessageContaining("clock");
    }

    @Test
    void beginningIsToleratedForFiveMinutesAndNoMore() throws Exception {
        assertThat(check(issuer.leaf()
                        .uri(REVIEWS)
                        .from(now + 5 * MINUTE - 1000, 60 * MINUTE)
                        .chain()))
                .hasToString(REVIEWS);
        assertThat(refused(issuer.leaf()
                        .uri(REVIEWS)
                        .from(now + 5 * MINUTE + 2000, 60 * MINUTE)
                        .chain()))
                .hasMessageContaining("ahead of this machine's clock")
                .extracting(PeerRefusedException::check)
                .isEqualTo(Check.TIMES);
    }

    @Test
    void wrongSpiffeIdIsRefused() {
        PeerRefusedException refusal = refused(issuer.leaf().uri(PRODUCTPAGE).chain());

        assertThat(refusal.check()).isEqualTo(Check.ALLOWED);
        assertThat(refusal).hasMessageContaining(PRODUCTPAGE).hasMessageContaining("expected " + REVIEWS);
    }

    @Test
    void noNameAndTwoUriNamesAreRefused() {
        assertThat(refused(issuer.leaf().dns("reviews").chain()).check()).isEqualTo(Check.NAMES);
        assertThat(refused(issuer.leaf().chain()).check()).isEqualTo(Check.NAMES);
        assertThat(refused(issuer.leaf().uri(REVIEWS).uri(PRODUCTPAGE).chain()))
                .hasMessageContaining("2 URI names")
                .extracting(PeerRefusedException::check)
                .isEqualTo(Check.NAMES);
        assertThat(refused(issuer.leaf().uri(REVIEWS).uri("https://reviews").chain())
                        .check())
                .isEqualTo(Check.NAMES);
    }

    @Test
    void uriThatIsNoSpiffeIdIsRefused() {
        assertThat(refused(issuer.leaf()
                        .uri("https://cluster.local/ns/default/sa/reviews")
                        .chain()))
                .hasMessageContaining("spiffe://")
                .extracting(PeerRefusedException::check)
                .isEqualTo(Check.NAMES);
    }

    /** The JDK passes over what it cannot parse; if it must not, it refuses the certificate as a whole. */
    @Test
    void nulInTheUriIsRefused() {
        String cut = REVIEWS + "\0.evil";

        assertThat(refused(issuer.leaf().uri(cut).uncritical().chain()).check()).isEqualTo(Check.NAMES);
        assertThatThrownBy(() -> issuer.leaf().uri(cut).chain())
                .hasCauseInstanceOf(java.security.cert.CertificateException.class);
    }

    @Test
    void nulInADnsNameIsRefused() {
        PeerRefusedException refusal =
                refused(issuer.leaf().uri(REVIEWS).dns("reviews\0.evil.example").chain());

        assertThat(refusal.check()).isEqualTo(Check.NAMES);
        assertThat(refusal.getMessage()).doesNotContain("\0");
    }

    @Test
    void keyUsageMustBeThereAndOnlyForHandshakes() {
        assertThat(refused(issuer.leaf().uri(REVIEWS).usage(0).chain()))
                .hasMessageContaining("no key usage")
                .extracting(PeerRefusedException::check)
                .isEqualTo(Check.KEY_USAGE);
        assertThat(refused(issuer.leaf()
                                .uri(REVIEWS)
                                .usage(KeyUsage.keyEncipherment)
                                .chain())
                        .check())
                .isEqualTo(Check.KEY_USAGE);
        assertThat(refused(issuer.leaf()
                                .uri(REVIEWS)
                                .usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)
                                .chain())
                        .check())
                .isEqualTo(Check.KEY_USAGE);
    }

    @Test
    void purposeMustFitTheSide() throws Exception {
        X509Certificate[] server =
                issuer.leaf().uri(REVIEWS).purposes("1.3.6.1.5.5.7.3.1").chain();
        X509Certificate[] client =
                issuer.leaf().uri(REVIEWS).purposes("1.3.6.1.5.5.7.3.2").chain();

        assertThat(check(server)).hasToString(REVIEWS);
        assertThat(refused(Side.CLIENT, server).check()).isEqualTo(Check.EXTENDED_KEY_USAGE);
        assertThat(refused(Side.SERVER, client).check()).isEqualTo(Check.EXTENDED_KEY_USAGE);
        assertThat(refused(issuer.leaf().uri(REVIEWS).purposes().chain()).check())
                .isEqualTo(Check.EXTENDED_KEY_USAGE);
    }

    @Test
    void caIsNoWorkload() {
        assertThat(refused(issuer.leaf().uri(REVIEWS).ca().chain()).check()).isEqualTo(Check.BASIC_CONSTRAINTS);
    }

    @Test
    void workloadCannotIssue() {
        Svid reviews = issuer.leaf().uri(REVIEWS).svid();
        X509Certificate[] forged = TestAuthority.root("x").leaf().uri(REVIEWS).chain();

        assertThat(refused(forged[0], reviews.leaf(), reviews.chain().get(1)).check())
                .isEqualTo(Check.CHAIN);
    }

    @Test
    void foreignRootOfTheSameNameIsRefusedAndTheRootsAreNamed() {
        PeerRefusedException refusal =
                refused(TestAuthority.root("root").leaf().uri(REVIEWS).chain());

        assertThat(refusal.check()).isEqualTo(Check.CHAIN);
        assertThat(refusal)
                .hasMessageContaining("'CN=root' sha256:")
                .hasMessageContaining("trust domain cluster.local");
    }

    @Test
    void missingIntermediateIsRefused() {
        assertThat(refused(issuer.leaf().uri(REVIEWS).chain()[0]).check()).isEqualTo(Check.CHAIN);
    }

    @Test
    void rootOfOneTrustDomainDoesNotVouchForAnother() {
        TestAuthority other = TestAuthority.root("other");
        Identity both = new Identity(
                own.svid(),
                new TrustBundle(Map.of(
                        "cluster.local", List.of(root.certificate), "other.example", List.of(other.certificate))),
                2);
        PeerCheck peers = new PeerCheck(IdentitySource.of(both), AllowedPeers.any(), new FixedClock(now));
        X509Certificate[] honest =
                other.leaf().uri("spiffe://other.example/ns/a/sa/b").chain();

        assertThatCode(() -> peers.check(honest, Side.SERVER)).doesNotThrowAnyException();
        assertThat(catchThrowableOfType(
                                PeerRefusedException.class,
                                () -> peers.check(other.leaf().uri(REVIEWS).chain(), Side.SERVER))
                        .check())
                .isEqualTo(Check.CHAIN);
    }

    @Test
    void unknownTrustDomainIsRefusedAndTheKnownOnesAreNamed() {
        assertThat(refused(issuer.leaf()
                        .uri("spiffe://elsewhere/ns/default/sa/reviews")
                        .chain()))
                .hasMessageContaining("[cluster.local]")
                .extracting(PeerRefusedException::check)
                .isEqualTo(Check.TRUST_DOMAIN);
    }

    @Test
    void nothingAndTooMuchAreRefused() {
        X509Certificate[] eleven = new X509Certificate[11];
        java.util.Arrays.fill(eleven, issuer.leaf().uri(REVIEWS).chain()[0]);

        assertThat(refused().check()).isEqualTo(Check.LENGTH);
        assertThat(refused(eleven).check()).isEqualTo(Check.LENGTH);
    }

    @Test
    void withoutAnOwnIdentityOrWithAnExpiredOneNobodyIsAccepted() {
        X509Certificate[] chain =
                issuer.leaf().uri(REVIEWS).from(now, 600 * MINUTE).chain();
        PeerCheck none = new PeerCheck(new HeldIdentity(), AllowedPeers.any(), new FixedClock(now));
        PeerCheck late = new PeerCheck(IdentitySource.of(own), AllowedPeers.any(), new FixedClock(now + 61 * MINUTE));

        assertThat(catchThrowableOfType(PeerRefusedException.class, () -> none.check(chain, Side.SERVER)))
                .hasMessageContaining("no identity yet");
        assertThat(catchThrowableOfType(PeerRefusedException.class, () -> late.check(chain, Side.SERVER)))
                .hasMessageContaining("own identity " + PRODUCTPAGE + " expired");
    }

    @Test
    void expiredRootVouchesForNobody() {
        long afterRoot = now + 40 * 24 * 60 * MINUTE;
        Identity lasting = new Identity(
                issuer.leaf()
                        .uri(PRODUCTPAGE)
                        .from(now, 100L * 24 * 60 * MINUTE)
                        .svid(),
                root.bundle(),
                1);
        // Straight from the root: otherwise the intermediate's own end would be seen first.
        X509Certificate[] chain =
                root.leaf().uri(REVIEWS).from(now, 100L * 24 * 60 * MINUTE).chain();
        Identity direct = new Identity(
                root.leaf().uri(PRODUCTPAGE).from(now, 100L * 24 * 60 * MINUTE).svid(), root.bundle(), 1);
        assertThat(lasting.svid().expiry()).isBefore(java.time.Instant.ofEpochMilli(afterRoot));

        PeerRefusedException refusal = catchThrowableOfType(
                PeerRefusedException.class,
                () -> new PeerCheck(IdentitySource.of(direct), AllowedPeers.any(), new FixedClock(afterRoot))
                        .check(chain, Side.SERVER));

        assertThat(refusal).hasMessageContaining("out of their time");
    }
}
