package dev.weft.control.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.TestClient;
import dev.weft.control.TlsOptions;
import dev.weft.control.ca.CertificateAuthority;
import dev.weft.control.store.ConfigSnapshot;
import dev.weft.control.store.ConfigStore;
import dev.weft.control.translate.Translator;
import dev.weft.engine.InboundEngine;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.SpiffeId;
import dev.weft.identity.TrustBundle;
import dev.weft.request.Headers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shared authorization cases for real: a control plane with the group's policies and its authority, a workload that gets its
 * certificate and its policy from it over TLS, a guarded server, and a caller with a certificate of the case's identity, or none.
 */
class AuthzConformanceTest {
    @TempDir
    Path data = Path.of("");

    @Test
    void aServerThatTakesBothOnOnePortDecidesAsEnvoyDid() throws Exception {
        run("Netty", NettySite::new);
    }

    @Test
    void theJdksServersDecideAsEnvoyDid() throws Exception {
        run("JDK", JdkSite::new);
    }

    private void run(String name, AuthzSite.Kind kind) throws Exception {
        List<AuthzCases> groups = AuthzCases.all();
        assumeFalse(groups.isEmpty(), "the shared conformance data is not beside the project");
        Tally tally = new Tally();
        for (AuthzCases group : groups) {
            run(group, kind, tally);
        }
        tally.print("Authorization conformance, over sockets and certificates, " + name);
        assertThat(tally.misses()).isEmpty();
        assertThat(tally.all()).isGreaterThanOrEqualTo(71);
    }

    private void run(AuthzCases group, AuthzSite.Kind kind, Tally tally) throws Exception {
        ConfigSnapshot config = group.config();
        Path token = data.resolve("token");
        try (ControlPlane plane = ControlPlane.start(
                        ControlPlaneOptions.of(data)
                                .withPort(0)
                                .withData(data.resolve("plane"))
                                .withTls(TlsOptions.DEFAULT.withPort(0).withLocalToken(token)),
                        ConfigStore.of(config.config(), config.mesh()),
                        Translator::new);
                Mesh mesh = workload(group, plane, token);
                AuthzSite site = kind.start(mesh)) {
            mesh.awaitReady(Duration.ofSeconds(20));
            TestClient.until(() -> takesConnections(mesh.inbound(), group.port()));
            for (AuthzCases.Case one : group.cases()) {
                tally.add(group.group(), one.id(), one.differences(outcome(plane, site, one)));
            }
        }
    }

    /** Before the first policy nobody gets in, and each policy lets some kind of connection in. */
    private static boolean takesConnections(InboundEngine engine, int port) {
        return engine.refusesConnection(port, true) == null || engine.refusesConnection(port, false) == null;
    }

    private Mesh workload(AuthzCases group, ControlPlane plane, Path token) {
        Mesh.Builder builder = Mesh.builder()
                .ignoreEnvironment()
                .service("reviews")
                .serviceAccount(group.serviceAccount())
                .namespace(group.namespace())
                .port(group.port())
                .controlPlane(plane.target())
                .trust(Trust.localToken(token))
                .dataDirectory(data.resolve("mesh-" + group.group()));
        group.labels().forEach(builder::label);
        return builder.start();
    }

    private static AuthzOutcome outcome(ControlPlane plane, AuthzSite site, AuthzCases.Case one) throws Exception {
        String identity = one.identity();
        site.arrived();
        RawCall.Answer answer = RawCall.send(
                site.address(identity != null),
                identity == null ? null : caller(plane, identity),
                one.method(),
                one.host(),
                one.path(),
                one.headers());
        Headers arrived = site.arrived();
        return answer.status() == 0
                ? AuthzOutcome.refusedConnection()
                : new AuthzOutcome(false, answer.status(), answer.body(), answer.headers(), arrived);
    }

    private static IdentitySource caller(ControlPlane plane, @Nullable String identity) throws Exception {
        CertificateAuthority authority = Objects.requireNonNull(plane.authority());
        HeldIdentity held = new HeldIdentity();
        held.set(new Identity(
                authority.serverCredential(SpiffeId.parse(Objects.requireNonNull(identity)), List.of()),
                TrustBundle.of(authority.trustDomain(), authority.trustBundle()),
                1));
        return held;
    }
}
