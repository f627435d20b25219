package dev.weft.control.secure;

import static dev.weft.control.secure.SecurePlane.RATINGS;
import static dev.weft.control.secure.SecurePlane.REVIEWS;
import static dev.weft.control.secure.SecurePlane.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.identity.CertificatePin;
import dev.weft.identity.Svid;
import dev.weft.proto.istio.v1.auth.IstioCertificateServiceGrpc.IstioCertificateServiceBlockingStub;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a service that has nothing gets its first certificate, and how those who must not do not. */
class FirstContactTest {
    @TempDir
    Path directory;

    private SecurePlane plane;

    @BeforeEach
    void start() throws Exception {
        plane = new SecurePlane(directory);
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    @Test
    void theLocalTokenIsWorthACertificateForAnyIdentityAsOftenAsWanted() throws Exception {
        assertThat(plane.certify(REVIEWS).id()).isEqualTo(REVIEWS);
        assertThat(plane.certify(RATINGS).id()).isEqualTo(RATINGS);
        assertThat(plane.certify(RATINGS).id()).isEqualTo(RATINGS);
        assertThat(plane.audit())
                .allSatisfy(
                        line -> assertThat(line.get("credential").getAsString()).isEqualTo("local-token"));
    }

    @Test
    void theTokenFilesAreTheirOwnersAloneAndSayWhatIsNeeded() throws Exception {
        for (String file : new String[] {"home/token", "home/operator"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(plane.localToken().get("plaintextPort").getAsInt()).isEqualTo(plane.plane.port());
        assertThat(plane.localToken().get("tlsPort").getAsInt()).isEqualTo(plane.tlsPort());
        assertThat(plane.localToken().get("trustDomain").getAsString()).isEqualTo("cluster.local");
        assertThat(plane.localToken().get("pin").getAsString())
                .isEqualTo(CertificatePin.of(plane.authority().trustBundle().get(0)));
        assertThat(plane.localToken().get("expires").getAsLong()).isGreaterThan(plane.clock.epochMillis() / 1000);
        plane.close();
        assertThat(directory.resolve("home/token")).doesNotExist();
        assertThat(directory.resolve("home/operator")).doesNotExist();
    }

    @Test
    void theControlPlaneShowsItsNameItsAddressesAndThePinnedRoot() throws Exception {
        try (RawTls tls = RawTls.connect(plane.tlsPort())) {
            X509Certificate[] chain = tls.chain();
            assertThat(chain[0].getSubjectAlternativeNames())
                    .anySatisfy(name ->
                            assertThat(name.get(1)).isEqualTo("spiffe://cluster.local/ns/istio-system/sa/mesh-control"))
                    .anySatisfy(name -> assertThat(name.get(1)).isEqualTo("localhost"))
                    .anySatisfy(name -> assertThat(name.get(1)).isEqualTo("mesh-control"))
                    .anySatisfy(name -> assertThat(name.get(1)).isEqualTo("127.0.0.1"));
            assertThat(CertificatePin.of(chain[chain.length - 1]))
                    .isEqualTo(plane.localToken().get("pin").getAsString());
        }
    }

    @Test
    void anotherRunsSecretAndAnIdentityThatIsNoneAreRefusedAndInTheAuditLog() throws Exception {
        String secret = plane.localToken().get("secret").getAsString();
        refused(plane.ca(null, plane.localBearer("x" + secret, REVIEWS.toString())), "another run");
        refused(plane.ca(null, plane.localBearer(secret, "reviews")), "identity that is none");
        refused(plane.ca(null, "weft-local1.bm8"), "cannot be read");
        refused(plane.ca(null, "weft-local1." + "A".repeat(5000)), "characters");
        refused(plane.ca(null, null), "no credential");
    }

    @Test
    void aCertificateOfAnotherTrustDomainIsNotGiven() throws Exception {
        String secret = plane.localToken().get("secret").getAsString();
        StatusRuntimeException e = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> plane.ca(null, plane.localBearer(secret, "spiffe://other.example/ns/default/sa/reviews"))
                        .createCertificate(request(SecurePlane.keys())));
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        plane.refused("foreign_identity", "other.example");
    }

    @Test
    void aWorkloadRenewsByItsCertificate() throws Exception {
        Svid first = plane.certify(REVIEWS);
        KeyPair fresh = SecurePlane.keys();

        Svid renewed =
                Svid.of(SecurePlane.chain(plane.ca(first, null).createCertificate(request(fresh))), fresh.getPrivate());

        assertThat(renewed.id()).isEqualTo(REVIEWS);
        assertThat(renewed.leaf().getSerialNumber()).isNotEqualTo(first.leaf().getSerialNumber());
    }

    @Test
    void aJoinTokenIsGoodOnceAndForItsOwnIdentityOnly() throws Exception {
        Path data = directory.resolve("data/ca/tokens");
        String token = dev.weft.control.access.JoinTokens.open(data, plane.clock)
                .create(REVIEWS, plane.authority().rootPin(), java.time.Duration.ofMinutes(5))
                .encoded();
        KeyPair keys = SecurePlane.keys();
        Svid svid =
                Svid.of(SecurePlane.chain(plane.ca(null, token).createCertificate(request(keys))), keys.getPrivate());
        assertThat(svid.id()).as("whatever the request says").isEqualTo(REVIEWS);

        refused(plane.ca(null, token), "was used before");
        plane.refused("replayed");

        StatusRuntimeException foreign = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> plane.ca(
                                plane.certify(RATINGS),
                                plane.localBearer(
                                        plane.localToken().get("secret").getAsString(), REVIEWS.toString()))
                        .createCertificate(request(SecurePlane.keys())));
        assertThat(foreign.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        plane.refused("foreign_identity", "ratings", "reviews");
    }

    @Test
    void nobodyGetsTheControlPlanesOwnIdentity() throws Exception {
        String secret = plane.localToken().get("secret").getAsString();
        StatusRuntimeException e = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> plane.ca(
                                null,
                                plane.localBearer(secret, "spiffe://cluster.local/ns/istio-system/sa/mesh-control"))
                        .createCertificate(request(SecurePlane.keys())));
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    private void refused(IstioCertificateServiceBlockingStub client, String why) throws Exception {
        int before = plane.refusals().size();
        KeyPair keys = SecurePlane.keys();
        StatusRuntimeException e =
                catchThrowableOfType(StatusRuntimeException.class, () -> client.createCertificate(request(keys)));
        assertThat(e).isNotNull();
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        plane.refused(before + 1);
        plane.refused(why);
    }
}
