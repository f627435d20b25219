package dev.weft.control.ca;

import static dev.weft.control.access.Someone.RATINGS;
import static dev.weft.control.access.Someone.REVIEWS;
import static dev.weft.control.ca.CaServer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.weft.proto.istio.v1.auth.IstioCertificateRequest;
import dev.weft.proto.istio.v1.auth.IstioCertificateResponse;
import dev.weft.proto.istio.v1.auth.IstioCertificateServiceGrpc.IstioCertificateServiceBlockingStub;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service over TLS, asked by plain gRPC clients in the shape of Istio's agent. */
class CertificateServiceTest {
    private static final String FOREIGN = "spiffe://cluster.local/ns/default/sa/admin";

    @TempDir
    Path directory;

    private final KeyPair keys = Certificates.newKeyPair();
    private CaServer server;

    @BeforeEach
    void start() throws Exception {
        server = new CaServer(directory);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aJoinTokenIsWorthACertificateForItsIdentityAndForNothingThatTheRequestSays() throws Exception {
        IstioCertificateResponse response =
                server.client(server.token(REVIEWS)).createCertificate(request(Requests.csr(keys, FOREIGN)));

        List<X509Certificate> chain = CaServer.chain(response);
        X509Certificate leaf = chain.get(0);
        assertThat(leaf.getSubjectAlternativeNames()).containsExactly(List.of(6, REVIEWS.toString()));
        assertThat(leaf.getSubjectX500Principal().getName()).isEmpty();
        assertThat(leaf.getPublicKey()).isEqualTo(keys.getPublic());
        assertThat(leaf.getKeyUsage()).containsExactly(true, false, false, false, false, false, false, false, false);
        assertThat(leaf.getExtendedKeyUsage()).containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.getSerialNumber().bitLength()).isBetween(80, 128);
        Instant now = Instant.ofEpochMilli(server.clock.epochMillis());
        assertThat(leaf.getNotAfter()).isCloseTo(Date.from(now.plus(Duration.ofHours(1))), 1000);
        assertThat(leaf.getNotBefore()).isCloseTo(Date.from(now.minus(Duration.ofMinutes(5))), 1000);
        leaf.verify(chain.get(1).getPublicKey());
        chain.get(1).verify(CaServer.roots(response).get(0).getPublicKey());
        assertThat(CaServer.roots(response)).isEqualTo(server.authority.trustBundle());

        JsonObject line = server.lastAudit();
        assertThat(line.get("outcome").getAsString()).isEqualTo("granted");
        assertThat(line.get("identity").getAsString()).isEqualTo(REVIEWS.toString());
        assertThat(line.get("credential").getAsString()).isEqualTo("join-token");
        assertThat(line.get("serial").getAsString())
                .isEqualTo(leaf.getSerialNumber().toString(16));
        assertThat(line.get("expires").getAsString())
                .isEqualTo(leaf.getNotAfter().toInstant().toString());
        assertThat(line.get("source").getAsString()).startsWith("127.0.0.1 port ");
        assertThat(line.get("notes").toString())
                .contains("ignored name " + FOREIGN, "ignored subject O=somebody", "validity shortened from 86400 s");
    }

    @Test
    void theCertificateRenewsItselfForTheSameIdentity() throws Exception {
        List<X509Certificate> first = CaServer.chain(
                server.client(server.token(REVIEWS)).createCertificate(request(Requests.csr(keys, FOREIGN))));
        KeyPair fresh = Certificates.newKeyPair();

        List<X509Certificate> renewed = CaServer.chain(
                server.client(keys.getPrivate(), first).createCertificate(request(Requests.csr(fresh, FOREIGN))));

        assertThat(renewed.get(0).getSubjectAlternativeNames()).containsExactly(List.of(6, REVIEWS.toString()));
        assertThat(renewed.get(0).getPublicKey()).isEqualTo(fresh.getPublic());
        assertThat(renewed.get(0).getSerialNumber()).isNotEqualTo(first.get(0).getSerialNumber());
        assertThat(server.lastAudit().get("credential").getAsString()).isEqualTo("certificate");
    }

    @Test
    void aConnectionThatOutlivesItsCertificateRenewsNothing() throws Exception {
        List<X509Certificate> chain = CaServer.chain(
                server.client(server.token(REVIEWS)).createCertificate(request(Requests.csr(keys, FOREIGN))));
        IstioCertificateServiceBlockingStub client = server.client(keys.getPrivate(), chain);
        client.createCertificate(request(Requests.csr(keys, FOREIGN)));

        server.clock.advance(Duration.ofMinutes(61));

        refused(client, request(Requests.csr(keys, FOREIGN)), Status.Code.UNAUTHENTICATED, "expired");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefusedInTheHandshakeAndInTheLog() throws Exception {
        try (CertificateAuthority other =
                CertificateAuthority.open(directory.resolve("other"), CaOptions.of("cluster.local"), server.clock)) {
            IssuedCertificate foreign = other.issue(Requests.csr(keys, FOREIGN), REVIEWS, Duration.ZERO);
            int before = server.auditLines();

            StatusRuntimeException e = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> server.client(keys.getPrivate(), foreign.chain())
                            .createCertificate(request(Requests.csr(keys, FOREIGN))));

            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            JsonObject line = server.auditAfter(before);
            assertThat(line.get("outcome").getAsString()).isEqualTo("refused");
            assertThat(line.get("detail").getAsString()).contains("does not lead to a root");
        }
    }

    @Test
    void twoCredentialsOfDifferentIdentitiesAreRefused() throws Exception {
        List<X509Certificate> chain = CaServer.chain(
                server.client(server.token(REVIEWS)).createCertificate(request(Requests.csr(keys, FOREIGN))));

        refused(
                CaServer.withBearer(server.client(keys.getPrivate(), chain), server.token(RATINGS)),
                request(Requests.csr(keys, RATINGS.toString())),
                Status.Code.PERMISSION_DENIED,
                "foreign_identity");
    }

    @Test
    void nobodyGetsACertificateInTheNameOfAnother() throws Exception {
        IstioCertificateRequest impersonating = request(Requests.csr(keys, RATINGS.toString())).toBuilder()
                .setMetadata(Struct.newBuilder()
                        .putFields(
                                "ImpersonatedIdentity",
                                Value.newBuilder()
                                        .setStringValue(RATINGS.toString())
                                        .build()))
                .build();

        refused(server.client(server.token(REVIEWS)), impersonating, Status.Code.PERMISSION_DENIED, "foreign_identity");
    }

    @Test
    void aTokenIsGoodOnce() throws Exception {
        IstioCertificateServiceBlockingStub client = server.client(server.token(REVIEWS));
        client.createCertificate(request(Requests.csr(keys, FOREIGN)));

        refused(client, request(Requests.csr(keys, FOREIGN)), Status.Code.UNAUTHENTICATED, "replayed");
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        IstioCertificateServiceBlockingStub client = server.client(server.token(REVIEWS));

        server.clock.advance(Duration.ofMinutes(11));

        refused(client, request(Requests.csr(keys, FOREIGN)), Status.Code.UNAUTHENTICATED, "expired");
    }

    @Test
    void aRefusedRequestDoesNotSpendTheToken() throws Exception {
        IstioCertificateServiceBlockingStub client = server.client(server.token(REVIEWS));
        refused(client, request("rubbish"), Status.Code.INVALID_ARGUMENT, "bad_request");

        assertThat(client.createCertificate(request(Requests.csr(keys, FOREIGN)))
                        .getCertChainCount())
                .isEqualTo(3);
    }

    @Test
    void whoShowsNothingGetsNothing() throws Exception {
        refused(
                server.client("weft1.bm8"),
                request(Requests.csr(keys, FOREIGN)),
                Status.Code.UNAUTHENTICATED,
                "unauthenticated");
        refused(
                CaServer.withBearer(server.client(""), ""),
                request(Requests.csr(keys, FOREIGN)),
                Status.Code.UNAUTHENTICATED,
                "unauthenticated");
    }

    @Test
    void aWeakKeyIsRefused() throws Exception {
        KeyPair weak = Requests.keys("RSA", 1024);

        refused(
                server.client(server.token(REVIEWS)),
                request(Requests.csr(weak, FOREIGN)),
                Status.Code.INVALID_ARGUMENT,
                "bad_request");
        assertThat(server.lastAudit().get("detail").getAsString()).contains("RSA key of 1024 bits");
    }

    @Test
    void keysOfOtherStrongKindsAreCertified() throws Exception {
        for (KeyPair strong : List.of(Requests.keys("RSA", 2048), Requests.keys("EC", 384))) {
            X509Certificate leaf = CaServer.chain(server.client(server.token(REVIEWS))
                            .createCertificate(request(Requests.csr(strong, FOREIGN))))
                    .get(0);
            assertThat(leaf.getPublicKey()).isEqualTo(strong.getPublic());
        }
    }

    @Test
    void aRequestThatAnotherKeySignedIsRefused() throws Exception {
        String stolen = Requests.csr(keys, FOREIGN, Certificates.newKeyPair().getPrivate());

        refused(server.client(server.token(REVIEWS)), request(stolen), Status.Code.INVALID_ARGUMENT, "bad_request");
        assertThat(server.lastAudit().get("detail").getAsString()).contains("not signed by the key");
    }

    @Test
    void rubbishIsRefused() throws Exception {
        String good = Requests.csr(keys, FOREIGN);
        for (String rubbish : List.of(
                "",
                "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
                good.replace("CERTIFICATE REQUEST", "CERTIFICATE"),
                good + good,
                good.substring(0, good.length() / 2),
                "x".repeat(SigningRequest.MAX_CHARS + 1))) {
            refused(
                    server.client(server.token(REVIEWS)),
                    request(rubbish),
                    Status.Code.INVALID_ARGUMENT,
                    "bad_request");
        }
    }

    @Test
    void aValidityBelowAMinuteIsRefused() throws Exception {
        for (long seconds : new long[] {-1, 59, Long.MIN_VALUE}) {
            refused(
                    server.client(server.token(REVIEWS)),
                    request(Requests.csr(keys, FOREIGN)).toBuilder()
                            .setValidityDuration(seconds)
                            .build(),
                    Status.Code.INVALID_ARGUMENT,
                    "bad_request");
        }
    }

    private void refused(
            IstioCertificateServiceBlockingStub client, IstioCertificateRequest request, Status.Code code, String why)
            throws Exception {
        int before = server.auditLines();
        StatusRuntimeException e =
                catchThrowableOfType(StatusRuntimeException.class, () -> client.createCertificate(request));
        assertThat(e).isNotNull();
        assertThat(e.getStatus().getCode()).as(e.getStatus().toString()).isEqualTo(code);
        assertThat(server.audit()).hasSize(before + 1);
        assertThat(server.lastAudit().get("outcome").getAsString()).isEqualTo("refused");
        assertThat(server.lastAudit().get("reason").getAsString()).isEqualTo(why);
    }
}
