package dev.weft.control.ca;

import static dev.weft.control.access.Someone.REVIEWS;
import static dev.weft.control.ca.CaServer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.weft.control.access.IssuerKeys;
import dev.weft.control.access.JwtIssuer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an OIDC issuer, through the whole service. */
class JwtAuthenticatorTest {
    private static final String ISSUER = "https://issuer.example";

    @TempDir
    Path directory;

    private final KeyPair keys = Certificates.newKeyPair();
    private ECKey signing;
    private CaServer server;

    @BeforeEach
    void start() throws Exception {
        signing = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        JwtIssuer issuer = new JwtIssuer(
                ISSUER, Set.of("istio-ca"), IssuerKeys.inline(new JWKSet(signing.toPublicJWK()).toString()));
        server = new CaServer(directory, issuer);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        return change.apply(new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience("istio-ca")
                        .subject("system:serviceaccount:default:reviews")
                        .expirationTime(new Date(server.clock.epochMillis() + 600_000)))
                .build();
    }

    private String signed(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        return signed(
                claims(change),
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(),
                new ECDSASigner(signing));
    }

    private static String signed(JWTClaimsSet claims, JWSHeader header, JWSSigner signer) throws Exception {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    @Test
    void aServiceAccountsTokenIsWorthACertificateMoreThanOnce() throws Exception {
        String token = signed(claims -> claims);

        for (int i = 0; i < 2; i++) {
            assertThat(CaServer.chain(server.client(token)
                                    .createCertificate(request(Requests.csr(keys, "spiffe://x/ns/x/sa/x"))))
                            .get(0)
                            .getSubjectAlternativeNames())
                    .containsExactly(List.of(6, REVIEWS.toString()));
        }
        assertThat(server.lastAudit().get("credential").getAsString()).isEqualTo("jwt");
    }

    @Test
    void aWrongAudienceIsRefused() throws Exception {
        refused(signed(claims -> claims.audience("somebody-else")), "audience [somebody-else]");
    }

    @Test
    void anUnknownIssuerIsRefused() throws Exception {
        refused(signed(claims -> claims.issuer("https://other.example")), "issuer https://other.example");
    }

    @Test
    void aTokenWithoutSignatureIsRefused() throws Exception {
        refused(new PlainJWT(claims(claims -> claims)).serialize(), "no JWT that can be verified");
    }

    @Test
    void aPublicKeyIsNoSharedSecret() throws Exception {
        String forged = signed(
                claims(claims -> claims),
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(),
                new MACSigner(signing.toPublicJWK().toJSONString()));

        refused(forged, "[alg]");
    }

    @Test
    void anotherKeyOfTheSameNameIsRefused() throws Exception {
        ECKey other = new ECKeyGenerator(Curve.P_256).keyID("one").generate();

        refused(
                signed(
                        claims(claims -> claims),
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(),
                        new ECDSASigner(other)),
                "not signed by a key of its issuer");
    }

    @Test
    void clocksMayDifferByAMinuteAndNoMore() throws Exception {
        String token = signed(claims -> claims);
        server.clock.advance(Duration.ofSeconds(655));
        server.client(token).createCertificate(request(Requests.csr(keys, "spiffe://x/ns/x/sa/x")));

        server.clock.advance(Duration.ofSeconds(10));

        refused(token, "expired at");
        refused(
                signed(claims -> claims.notBeforeTime(new Date(server.clock.epochMillis() + 70_000))),
                "not valid before");
        refused(signed(claims -> claims.expirationTime(null)), "has no exp");
    }

    @Test
    void onlyServiceAccountsAreIdentities() throws Exception {
        refused(signed(claims -> claims.subject("alice")), "subject alice");
        refused(signed(claims -> claims.subject(null)), "subject ");
        refused(signed(claims -> claims.subject("system:serviceaccount:default:a/../b")), "service account");
    }

    private void refused(String token, String detail) throws Exception {
        StatusRuntimeException e = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> server.client(token).createCertificate(request(Requests.csr(keys, "spiffe://x/ns/x/sa/x"))));
        assertThat(e).isNotNull();
        assertThat(e.getStatus().getCode()).as(e.getStatus().toString()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(server.lastAudit().get("outcome").getAsString()).isEqualTo("refused");
        assertThat(server.lastAudit().get("detail").getAsString()).contains(detail);
        assertThat(server.lastAudit().toString()).doesNotContain(token);
    }
}
