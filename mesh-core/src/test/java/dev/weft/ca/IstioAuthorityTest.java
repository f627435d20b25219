package dev.weft.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.controlplane.ServerAddress;
import dev.weft.credential.JoinTokenFile;
import dev.weft.credential.JwtFile;
import dev.weft.credential.Presented;
import dev.weft.credential.Tokens;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.Identity;
import dev.weft.identity.Subject;
import dev.weft.identity.TestAuthority;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.Ticker;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import io.grpc.Status;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One question over real sockets: who is trusted, what is shown to whom, what comes back. */
final class IstioAuthorityTest {
    private static final String ACCOUNT = "system:serviceaccount:default:reviews";
    private static final Subject REVIEWS = new Subject(null, "default", "reviews");

    private final TestAuthority root = TestAuthority.root("mesh root");
    private final TestAuthority issuing = root.intermediate("mesh issuer");
    private final HeldIdentity own = new HeldIdentity();

    @TempDir
    Path directory;

    @Test
    void aTokenOfThePlatformBringsACertificateFromIstiodAndTheCertificateTheNextOne() throws Exception {
        try (StandInIstiod istiod = StandInIstiod.istiod(root, List.of(root.certificate), this::reviews)) {
            IstioAuthority authority = authority(istiod.address());
            Presented jwt = jwt(root.certificate);

            Identity first = ask(authority, jwt);
            own.set(first);
            Identity second = ask(authority, null);

            assertThat(first.svid().id()).hasToString(TestAuthority.REVIEWS);
            assertThat(first.svid().chain()).hasSize(2);
            assertThat(first.bundle().roots("cluster.local")).containsExactly(root.certificate);
            assertThat(istiod.asked.get(0).authorization()).isEqualTo("Bearer " + jwt.bearer());
            assertThat(istiod.asked.get(0).clusterId()).isEqualTo("Kubernetes");
            assertThat(istiod.asked.get(0).certificates()).isEmpty();
            assertThat(istiod.asked.get(1).authorization()).isNull();
            assertThat(istiod.asked.get(1).certificates()).contains(first.svid().leaf());
            assertThat(second.svid().leaf().getPublicKey())
                    .isNotEqualTo(first.svid().leaf().getPublicKey());
        }
    }

    @Test
    void thePinOfAJoinTokenFindsTheRootThatTheControlPlaneShows() throws Exception {
        try (StandInIstiod control = meshControl(issuing, root)) {
            assertThat(ask(authority(control.address()), joinToken(root)).svid().id())
                    .hasToString(TestAuthority.REVIEWS);
        }
    }

    @Test
    void theTokenIsNotShownToAServerOfAnotherRoot() throws Exception {
        TestAuthority stranger = TestAuthority.root("mesh root");
        try (StandInIstiod control = meshControl(stranger, stranger)) {
            assertRefused(authority(control.address()), joinToken(root), control, "CHAIN", "pin of the credential");
            assertRefused(
                    authority(control.address()), jwt(root.certificate), control, "CHAIN", "does not lead to a root");
        }
    }

    @Test
    void showingThePinnedRootIsNotEnoughForAStranger() throws Exception {
        TestAuthority stranger = TestAuthority.root("stranger");
        try (StandInIstiod control = meshControl(stranger, root)) {
            assertRefused(authority(control.address()), joinToken(root), control, "CHAIN", "does not lead to a root");
        }
    }

    @Test
    void aWorkloadOfTheSameMeshIsNotTakenForTheControlPlane() throws Exception {
        try (StandInIstiod workload = StandInIstiod.showing(
                issuing.leaf().uri(TestAuthority.PRODUCTPAGE).svid(),
                List.of(root.certificate),
                List.of(root.certificate),
                this::reviews)) {
            assertRefused(authority(workload.address()), joinToken(root), workload, "NAMES", "mesh-control");
            own.set(root.identity(TestAuthority.REVIEWS, 1));
            assertRefused(authority(workload.address()), null, workload, "NAMES", "not known as the control plane");
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        try (StandInIstiod elsewhere = StandInIstiod.showing(
                root.leaf()
                        .uri(TestAuthority.PRODUCTPAGE)
                        .dns("istiod.istio-system.svc")
                        .svid(),
                List.of(),
                List.of(root.certificate),
                this::reviews)) {
            assertRefused(
                    authority(elsewhere.address()),
                    jwt(root.certificate),
                    elsewhere,
                    "NAMES",
                    "istiod.istio-system.svc");
        }
    }

    @Test
    void theAuthoritysClockMayBeFiveMinutesAhead() throws Exception {
        long now = System.currentTimeMillis();
        try (StandInIstiod ahead = StandInIstiod.showing(
                root.leaf()
                        .uri("spiffe://cluster.local/ns/istio-system/sa/mesh-control")
                        .from(now + 290_000, 3_600_000)
                        .svid(),
                List.of(root.certificate),
                List.of(root.certificate),
                (asked, key) -> StandInIstiod.form(
                        root.leaf()
                                .uri(TestAuthority.REVIEWS)
                                .from(now + 290_000, 3_600_000)
                                .chain(key),
                        List.of(root.certificate)))) {
            assertThat(ask(authority(ahead.address()), joinToken(root)).svid().id())
                    .hasToString(TestAuthority.REVIEWS);
        }
    }

    @Test
    void whatTheAuthoritySaysIsKeptApartByWhatHelps() throws Exception {
        try (StandInIstiod istiod = StandInIstiod.istiod(root, List.of(root.certificate), (asked, key) -> {
            throw Status.UNAUTHENTICATED
                    .withDescription("the token was\nused already")
                    .asRuntimeException();
        })) {
            AuthorityException refused = failure(authority(istiod.address()), jwt(root.certificate));
            assertThat(refused.kind()).isEqualTo(AuthorityException.Kind.REFUSED);
            assertThat(refused).hasMessage(istiod.address() + ": UNAUTHENTICATED the token was used already");

            istiod.answers((asked, key) -> {
                throw Status.RESOURCE_EXHAUSTED.asRuntimeException();
            });
            assertThat(failure(authority(istiod.address()), jwt(root.certificate))
                            .kind())
                    .isEqualTo(AuthorityException.Kind.UNAVAILABLE);
        }
    }

    @Test
    void theNextAddressIsAskedWhenOneFails() throws Exception {
        try (StandInIstiod gone = StandInIstiod.istiod(root, List.of(root.certificate), this::reviews);
                StandInIstiod there = StandInIstiod.istiod(root, List.of(root.certificate), this::reviews)) {
            gone.close();
            IstioAuthority authority = authority(gone.address(), there.address());

            assertThat(failure(authority, jwt(root.certificate)).kind()).isEqualTo(AuthorityException.Kind.UNAVAILABLE);
            assertThat(ask(authority, jwt(root.certificate)).svid().id()).hasToString(TestAuthority.REVIEWS);
        }
    }

    @Test
    void whoDoesNotAnswerInTimeIsGivenUp() throws Exception {
        ManualWorld time = World.manual();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (StandInIstiod slow = StandInIstiod.istiod(root, List.of(root.certificate), (what, key) -> {
            asked.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        })) {
            IstioAuthority authority = authority(new World(Ticker.system(), (Timer) time, time), slow.address());
            CompletionStage<List<String>> answer =
                    authority.certify(CertificateRequest.make().pem(), jwt(root.certificate));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            time.advance(IstioAuthority.PATIENCE);

            assertThatThrownBy(() -> answer.toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("no answer within 10 s");
        } finally {
            release.countDown();
        }
    }

    private List<String> reviews(StandInIstiod.Asked asked, PublicKey key) {
        return StandInIstiod.form(issuing.leaf().uri(TestAuthority.REVIEWS).chain(key), List.of(root.certificate));
    }

    private StandInIstiod meshControl(TestAuthority authority, TestAuthority shown) throws Exception {
        return StandInIstiod.showing(
                authority
                        .leaf()
                        .uri("spiffe://cluster.local/ns/istio-system/sa/mesh-control")
                        .dns("some.host")
                        .svid(),
                List.of(shown.certificate),
                List.of(root.certificate),
                this::reviews);
    }

    private IstioAuthority authority(String... servers) {
        return authority(World.system(), servers);
    }

    private IstioAuthority authority(World world, String... servers) {
        return new IstioAuthority(
                List.of(servers).stream().map(ServerAddress::of).toList(), own, world);
    }

    private Presented jwt(X509Certificate... roots) throws Exception {
        Path token = Tokens.secret(directory.resolve("token"), Tokens.jwt(ACCOUNT));
        return JwtFile.of(token, Tokens.roots(directory.resolve("root-cert.pem"), roots))
                .present();
    }

    private Presented joinToken(TestAuthority pinned) throws Exception {
        Path file = Tokens.secret(
                directory.resolve("join"), Tokens.join(TestAuthority.REVIEWS, "s3cr3t", pinned.certificate));
        return JoinTokenFile.of(file).present();
    }

    private static Identity ask(IstioAuthority authority, Presented credential) throws Exception {
        CertificateRequest request = CertificateRequest.make();
        PrivateKey key = request.key();
        List<String> answer = authority
                .certify(request.pem(), credential)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return CertificateAnswer.read(answer, key, REVIEWS, 1, Ticker.system());
    }

    private static AuthorityException failure(IstioAuthority authority, Presented credential) throws Exception {
        try {
            authority
                    .certify(CertificateRequest.make().pem(), credential)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            throw new AssertionError("it was granted");
        } catch (ExecutionException e) {
            return (AuthorityException) e.getCause();
        }
    }

    private static void assertRefused(
            IstioAuthority authority, Presented credential, StandInIstiod server, String... words) throws Exception {
        AuthorityException failure = failure(authority, credential);
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(AuthorityException.Kind.UNTRUSTED);
        assertThat(failure.getMessage()).contains(words);
        assertThat(server.asked).as("nothing was shown").isEmpty();
    }
}
