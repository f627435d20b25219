package dev.weft.control.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.weft.Mesh;
import dev.weft.MeshException;
import dev.weft.MeshState;
import dev.weft.Trust;
import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.HeldPort;
import dev.weft.control.TlsOptions;
import dev.weft.control.access.IssuerKeys;
import dev.weft.control.access.JoinTokens;
import dev.weft.control.access.JwtIssuer;
import dev.weft.control.ca.CertificateAuthority;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.store.ConfigStore;
import dev.weft.control.translate.Translator;
import dev.weft.identity.Identity;
import dev.weft.identity.Pem;
import dev.weft.identity.PrivateFiles;
import dev.weft.identity.SpiffeId;
import dev.weft.runtime.Randomness;
import dev.weft.runtime.Ticker;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service and a control plane, from the first credential to another root, over their real ports. */
final class IdentityEndToEndTest {
    private static final SpiffeId REVIEWS = SpiffeId.of("cluster.local", "default", "reviews");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What would be in twenty minutes or more is soon: renewals, and the end of streams. */
    private static final World IN_A_HURRY = new World(
            Ticker.system(),
            (delay, task) -> Timer.system().schedule(delay > 1_200_000_000_000L ? 150_000_000L : delay, task),
            Randomness.system());

    /** What is looked at every few seconds is looked at every few milliseconds. */
    private static final World LOOKING_OFTEN = new World(
            Ticker.system(),
            (delay, task) -> Timer.system()
                    .schedule(delay > 1_000_000_000L && delay < 60_000_000_000L ? delay / 100 : delay, task),
            Randomness.system());

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @TempDir
    Path directory;

    @AfterEach
    void end() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Test
    void aLaptopHasAnIdentityWithNothingSaid() throws Exception {
        ControlPlane plane = start(0, 0);
        Mesh mesh = ready(service(plane.target()).trust(Trust.localToken(directory.resolve("token"))));

        assertThat(mesh.identity().id()).contains(REVIEWS);
        assertThat(mesh.configuration().from()).isEqualTo(plane.tlsTarget());
        assertThat(mesh.state()).isEqualTo(MeshState.READY);
    }

    @Test
    void aJoinTokenIsGoodOnceAndItsSuccessorIsTakenFromTheSameFile() throws Exception {
        ControlPlane plane = start(0, 0);
        Path token = joinToken(plane);
        Mesh first = ready(service(plane.tlsTarget()).trust(Trust.joinToken(token)));
        assertThat(first.identity().id()).contains(REVIEWS);

        Mesh second = starting(service(plane.tlsTarget()).world(LOOKING_OFTEN).trust(Trust.joinToken(token)));
        until("the token is refused", () -> second.identity().trouble().contains("was used before"));
        assertThatThrownBy(() -> second.awaitReady(Duration.ofMillis(1)))
                .isInstanceOf(MeshException.NotReady.class)
                .hasMessageContaining("waiting for an identity")
                .hasMessageContaining("identity: " + plane.tlsTarget() + ": UNAUTHENTICATED");

        joinToken(plane);
        second.awaitReady(PATIENCE);
    }

    @Test
    void aPlatformsJwtIsAnIdentity() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        JwtIssuer issuer = new JwtIssuer(
                "https://issuer.test", Set.of("istio-ca"), IssuerKeys.inline(new JWKSet(key.toPublicJWK()).toString()));
        ControlPlane plane = start(0, 0, tls -> tls.withIssuers(List.of(issuer)));
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(),
                new JWTClaimsSet.Builder()
                        .issuer("https://issuer.test")
                        .audience("istio-ca")
                        .subject("system:serviceaccount:bookinfo:reviews-account")
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                        .build());
        jwt.sign(new ECDSASigner(key));
        Path token = Files.writeString(directory.resolve("jwt"), jwt.serialize());
        Path roots = Files.writeString(
                directory.resolve("roots.pem"), Pem.write(authority(plane).trustBundle()));

        Mesh mesh = ready(service(plane.tlsTarget()).trust(Trust.jwtFile(token, roots)));

        assertThat(mesh.identity().id()).contains(SpiffeId.of("cluster.local", "bookinfo", "reviews-account"));
    }

    @Test
    void renewalsAndTheirStreamsGoOnByThemselvesThroughAChangeOfRoots() throws Exception {
        ControlPlane plane = start(0, 0);
        CertificateAuthority authority = authority(plane);
        Mesh mesh = ready(service(plane.tlsTarget()).world(IN_A_HURRY).trust(Trust.joinToken(joinToken(plane))));
        renewed(mesh, 3);
        Set<?> old = Set.copyOf(current(mesh).bundle().roots("cluster.local"));

        authority.publishNewRoot(null);
        until(
                "both roots are believed",
                () -> current(mesh).bundle().roots("cluster.local").size() == 2);
        authority.signByNewRoot(true);
        renewed(mesh, 2);
        authority.withdrawOldRoot(true);
        until("only the new root is believed", () -> {
            List<?> roots = current(mesh).bundle().roots("cluster.local");
            return roots.size() == 1 && !old.containsAll(roots);
        });
        renewed(mesh, 2);
        until("the stream is there", () -> mesh.state() == MeshState.READY);

        assertThat(Files.readAllLines(directory.resolve("data/ca/audit.jsonl")))
                .filteredOn(line -> line.contains("\"granted\""))
                .as("one by the token, all others by certificates")
                .filteredOn(line -> line.contains("join-token"))
                .hasSize(1);
    }

    @Test
    void aKeptIdentityServesWhileTheControlPlaneIsAway() throws Exception {
        ControlPlane plane = start(0, 0);
        String target = Objects.requireNonNull(plane.tlsTarget());
        Path token = joinToken(plane);
        ready(service(target).trust(Trust.joinToken(token)).keepIdentity()).close();
        plane.close();

        Mesh again = ready(service(target).trust(Trust.joinToken(token)).keepIdentity());
        assertThat(again.identity().id()).contains(REVIEWS);
        assertThat(again.state()).isEqualTo(MeshState.STALE);

        Mesh without = starting(
                service(target).dataDirectory(directory.resolve("elsewhere")).trust(Trust.joinToken(token)));
        until("it has failed", () -> !without.identity().trouble().isEmpty());
        assertThatThrownBy(() -> without.awaitReady(Duration.ofMillis(1)))
                .hasMessageContaining("identity: " + target + ": UNAVAILABLE");
    }

    @Test
    void aLaptopsServiceRestartsWhileItsControlPlaneIsDown() throws Exception {
        ControlPlane plane = start(0, 0);
        String target = plane.target();
        Trust local = Trust.localToken(directory.resolve("token"));
        ready(service(target).trust(local).keepIdentity()).close();
        plane.close();
        assertThat(directory.resolve("token")).doesNotExist();

        Mesh again = ready(service(target).trust(local).keepIdentity());
        assertThat(again.identity().id()).contains(REVIEWS);
        assertThat(again.state()).isEqualTo(MeshState.STALE);
    }

    @Test
    void aLaptopWhoseControlPlaneBeginsAnewGetsAnIdentityOfTheNewOne() throws Exception {
        int plaintext = held();
        int tls = held();
        ControlPlane before = start(plaintext, tls);
        World hasty = new World(
                new Ticker() {
                    @Override
                    public long nanoTime() {
                        // Half a minute is over soon.
                        return System.nanoTime() * 30;
                    }

                    @Override
                    public long epochMillis() {
                        return System.currentTimeMillis();
                    }
                },
                (delay, task) -> Timer.system().schedule(delay > 1_000_000_000L ? delay / 10 : delay, task),
                Randomness.system());
        Mesh mesh = ready(service(before.target()).world(hasty).trust(Trust.localToken(directory.resolve("token"))));
        Identity old = current(mesh);
        before.close();

        data = directory.resolve("new data");
        start(plaintext, tls);

        until("certified anew", () -> current(mesh).epoch() > old.epoch());
        until("connected", () -> mesh.state() == MeshState.READY);
        assertThat(current(mesh).bundle()).isNotEqualTo(old.bundle());
    }

    private Path data;

    private ControlPlane start(int plaintext, int tls) throws Exception {
        return start(plaintext, tls, options -> options);
    }

    private ControlPlane start(int plaintext, int tls, UnaryOperator<TlsOptions> change) throws Exception {
        if (data == null) {
            data = directory.resolve("data");
        }
        ControlPlane plane = ControlPlane.start(
                ControlPlaneOptions.of(directory)
                        .withPort(plaintext)
                        .withData(data)
                        .withTls(change.apply(
                                TlsOptions.DEFAULT.withPort(tls).withLocalToken(directory.resolve("token")))),
                ConfigStore.of(IstioConfig.EMPTY, MeshConfig.DEFAULT),
                Translator::new);
        open.push(plane);
        return plane;
    }

    private Path joinToken(ControlPlane plane) throws Exception {
        String token = JoinTokens.open(data.resolve("ca/tokens"), Ticker.system())
                .create(REVIEWS, authority(plane).rootPin(), Duration.ofMinutes(10))
                .encoded();
        Path file = directory.resolve("join");
        PrivateFiles.write(file, token);
        return file;
    }

    private Mesh.Builder service(String controlPlane) {
        return Mesh.builder()
                .service("reviews")
                .ignoreEnvironment()
                .controlPlane(controlPlane)
                .dataDirectory(directory.resolve("state"))
                .meterRegistry(new SimpleMeterRegistry());
    }

    private Mesh ready(Mesh.Builder builder) {
        Mesh mesh = starting(builder);
        mesh.awaitReady(PATIENCE);
        return mesh;
    }

    private Mesh starting(Mesh.Builder builder) {
        Mesh mesh = builder.start();
        open.push(mesh);
        return mesh;
    }

    private static CertificateAuthority authority(ControlPlane plane) {
        return Objects.requireNonNull(plane.authority());
    }

    private static Identity current(Mesh mesh) {
        return Objects.requireNonNull(mesh.identity().current());
    }

    private int held() throws Exception {
        HeldPort port = new HeldPort();
        open.push(port);
        return port.number();
    }

    private static void renewed(Mesh mesh, int times) {
        long from = current(mesh).epoch();
        until("renewed " + times + " times", () -> current(mesh).epoch() >= from + times);
    }

    private static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
