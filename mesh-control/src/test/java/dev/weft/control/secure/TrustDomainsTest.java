package dev.weft.control.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.control.TestClient;
import dev.weft.control.access.SkewedClock;
import dev.weft.control.ads.Nodes;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.ca.CaOptions;
import dev.weft.control.ca.CertificateAuthority;
import dev.weft.control.ca.Requests;
import dev.weft.control.istio.MeshConfig;
import dev.weft.identity.SpiffeId;
import dev.weft.identity.Svid;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An authority that is brought along, and the trust domains under its root. */
class TrustDomainsTest {
    @TempDir
    Path directory;

    private static MeshConfig mesh(String... aliases) {
        MeshConfig given = MeshConfig.parse(
                        "mesh.yaml", "trustDomain: new.example\ntrustDomainAliases: " + List.of(aliases) + "\n")
                .config();
        assertThat(given.trustDomain()).isEqualTo("new.example");
        return given;
    }

    /** A certificate of the old trust domain, by an authority whose files are then brought along by the control plane. */
    private Svid old() throws Exception {
        SkewedClock clock = new SkewedClock();
        try (CertificateAuthority before =
                CertificateAuthority.open(directory.resolve("old"), CaOptions.of("old.example"), clock)) {
            KeyPair keys = SecurePlane.keys();
            Path files = directory.resolve("old/1");
            Files.createDirectory(directory.resolve("cacerts"));
            Files.copy(files.resolve("root.pem"), directory.resolve("cacerts/root-cert.pem"));
            Files.copy(files.resolve("signing.pem"), directory.resolve("cacerts/ca-cert.pem"));
            Files.copy(
                    files.resolve("signing.key"),
                    directory.resolve("cacerts/ca-key.pem"),
                    java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            return Svid.of(
                    before.issue(
                                    Requests.csr(keys, "spiffe://x/ns/x/sa/x"),
                                    SpiffeId.of("old.example", "default", "reviews"),
                                    Duration.ZERO)
                            .chain(),
                    keys.getPrivate());
        }
    }

    private TestClient follow(SecurePlane plane, Svid svid) throws Exception {
        TestClient client =
                TestClient.over(plane.channel(svid, null), Nodes.weft("reviews-1", "default", "reviews", 1, 40_001));
        client.subscribe(ResourceType.ROUTE, "reviews:9080");
        return client;
    }

    @Test
    void aCertificateOfAnAliasUnderTheSameRootIsTakenAndOneOfAnyOtherDomainIsNot() throws Exception {
        Svid old = old();
        try (SecurePlane plane = new SecurePlane(
                directory.resolve("aliased"),
                options -> options.withBroughtAlong(directory.resolve("cacerts")),
                mesh("old.example"))) {
            assertThat(plane.authority().trustBundle()).hasSize(1);
            assertThat(follow(plane, old).next().getResourcesCount()).isEqualTo(1);
        }
        try (SecurePlane plane = new SecurePlane(
                directory.resolve("alone"),
                options -> options.withBroughtAlong(directory.resolve("cacerts")),
                mesh())) {
            assertThat(follow(plane, old).end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            plane.refused("TRUST_DOMAIN", "old.example");
        }
    }

    /** Clients believe this one wherever the root namespace is. */
    @Test
    void theIdentityByWhichClientsKnowAControlPlaneIsGivenToNobodyAlsoWhereTheRootNamespaceIsAnother()
            throws Exception {
        MeshConfig moved =
                MeshConfig.parse("mesh.yaml", "rootNamespace: mesh-root\n").config();
        try (SecurePlane plane = new SecurePlane(directory.resolve("moved"), options -> options, moved)) {
            for (String namespace : List.of("istio-system", "mesh-root")) {
                assertThatThrownBy(() -> plane.certify(SpiffeId.of("cluster.local", namespace, "mesh-control")))
                        .hasMessageContaining("PERMISSION_DENIED");
            }
            assertThat(plane.certify(SecurePlane.REVIEWS).id()).isEqualTo(SecurePlane.REVIEWS);
        }
    }
}
