package dev.weft.control.secure;

import static dev.weft.control.secure.SecurePlane.REVIEWS;
import static dev.weft.control.secure.SecurePlane.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.weft.control.TestClient;
import dev.weft.control.access.IssuerKeys;
import dev.weft.control.access.JwtIssuer;
import dev.weft.control.ads.Nodes;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.istio.MeshConfig;
import dev.weft.identity.Svid;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an OIDC issuer on the TLS port, for certificates and for configuration; and clocks that differ. */
class JwtAndClocksTest {
    private static final String ISSUER = "https://issuer.example";

    @TempDir
    Path directory;

    private ECKey signing;
    private SecurePlane plane;

    @BeforeEach
    void start() throws Exception {
        signing = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        JwtIssuer issuer = new JwtIssuer(
                ISSUER, Set.of("istio-ca"), IssuerKeys.inline(new JWKSet(signing.toPublicJWK()).toString()));
        plane = new SecurePlane(directory, options -> options.withIssuers(List.of(issuer)), MeshConfig.DEFAULT);
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    private String token(String issuer, ECKey key, Duration life) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .audience("istio-ca")
                        .subject("system:serviceaccount:default:reviews")
                        .expirationTime(new Date(plane.clock.epochMillis() + life.toMillis()))
                        .build());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    @Test
    void istiosAgentGetsItsCertificateByAServiceAccountsToken() throws Exception {
        KeyPair keys = SecurePlane.keys();
        Svid svid = Svid.of(
                SecurePlane.chain(plane.ca(null, token(ISSUER, signing, Duration.ofHours(1)))
                        .createCertificate(request(keys))),
                keys.getPrivate());
        assertThat(svid.id()).isEqualTo(REVIEWS);
        assertThat(Duration.between(java.time.Instant.ofEpochMilli(plane.clock.epochMillis()), svid.expiry()))
                .as("24 h were asked for")
                .isLessThanOrEqualTo(Duration.ofHours(1));
    }

    @Test
    void configurationIsGivenForATokenAsLongAsThatIsGood() throws Exception {
        String soon = token(ISSUER, signing, Duration.ofMinutes(1));
        TestClient client =
                TestClient.over(plane.channel(null, soon), Nodes.weft("reviews-1", "default", "reviews", 1, 40_001));
        client.subscribe(ResourceType.ROUTE, "reviews:9080");
        client.next();

        plane.passUntil(Instant.ofEpochMilli(plane.clock.epochMillis()).plus(Duration.ofMinutes(3)));
        Status end = client.end();

        assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(end.getDescription()).contains("jwt");
    }

    @Test
    void aForeignIssuerAForeignKeyAndAnotherAccountAreRefused() throws Exception {
        ECKey other = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        for (String bad : List.of(
                token("https://other.example", signing, Duration.ofHours(1)),
                token(ISSUER, other, Duration.ofHours(1)),
                token(ISSUER, signing, Duration.ofMinutes(-2)))) {
            TestClient client =
                    TestClient.over(plane.channel(null, bad), Nodes.weft("reviews-1", "default", "reviews", 1, 40_001));
            assertThat(client.end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            StatusRuntimeException e = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> plane.ca(null, bad).createCertificate(request(SecurePlane.keys())));
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
        TestClient lying = TestClient.over(
                plane.channel(null, token(ISSUER, signing, Duration.ofHours(1))),
                Nodes.weft("ratings-1", "default", "ratings", 1, 40_001));
        lying.subscribe(ResourceType.ROUTE, "reviews:9080");
        assertThat(lying.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        plane.refused(7);
        assertThat(plane.audit().toString()).doesNotContain("eyJ");
    }

    @Test
    void clocksMayDifferByAlmostFiveMinutesEitherWay() throws Exception {
        for (Duration ahead : List.of(Duration.ofSeconds(290), Duration.ofSeconds(-580))) {
            plane.clock.advance(ahead);
            // A change of roots lets the control plane's certificate be made anew, by its clock that is wrong now.
            if (plane.authority().trustBundle().size() == 1) {
                plane.authority().publishNewRoot(null);
            } else {
                plane.authority().signByNewRoot(true);
            }
            TestClient client = TestClient.over(
                    plane.channel(plane.certify(REVIEWS), null),
                    Nodes.weft("reviews-1", "default", "reviews", 1, 40_001));
            client.subscribe(ResourceType.ROUTE, "reviews:9080");
            assertThat(client.next().getResourcesCount()).isEqualTo(1);
        }
    }
}
