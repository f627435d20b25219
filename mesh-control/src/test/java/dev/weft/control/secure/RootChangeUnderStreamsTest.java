package dev.weft.control.secure;

import static dev.weft.control.secure.SecurePlane.RATINGS;
import static dev.weft.control.secure.SecurePlane.REVIEWS;
import static dev.weft.control.secure.SecurePlane.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.control.TestClient;
import dev.weft.control.ads.HandmadeSource;
import dev.weft.control.ads.Nodes;
import dev.weft.control.ads.ResourceType;
import dev.weft.identity.CertificatePin;
import dev.weft.identity.Svid;
import dev.weft.proto.envoy.config.core.v3.Node;
import io.grpc.Status;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The change from one root to the next, with clients connected all the while. */
class RootChangeUnderStreamsTest {
    @TempDir
    Path directory;

    private SecurePlane plane;
    private int pushed = 1;

    @BeforeEach
    void start() throws Exception {
        plane = new SecurePlane(directory);
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    private TestClient follow(Svid svid, Node node) throws Exception {
        TestClient client = TestClient.over(plane.channel(svid, null), node);
        client.subscribe(ResourceType.ROUTE, "reviews:9080");
        client.ack(client.next());
        return client;
    }

    /** A push arrives, so the stream lives. */
    private void alive(TestClient... clients) throws Exception {
        pushed++;
        plane.source
                .put(ResourceType.ROUTE, HandmadeSource.routes("reviews:9080", Integer.toString(pushed)))
                .publish();
        for (TestClient client : clients) {
            client.ack(client.next());
        }
    }

    private Svid renew(Svid svid) throws Exception {
        KeyPair keys = SecurePlane.keys();
        return Svid.of(SecurePlane.chain(plane.ca(svid, null).createCertificate(request(keys))), keys.getPrivate());
    }

    private X509Certificate shownRoot() throws Exception {
        try (RawTls tls = RawTls.connect(plane.tlsPort())) {
            X509Certificate[] chain = tls.chain();
            return chain[chain.length - 1];
        }
    }

    @Test
    void streamsLiveThroughEachStageAndWhoRenewedSeesTheEndOfIt() throws Exception {
        Svid old = plane.certify(REVIEWS);
        Svid negligent = plane.certify(RATINGS);
        TestClient first = follow(old, Nodes.weft("reviews-1", "default", "reviews", 1, 40_001));
        TestClient late = follow(negligent, Nodes.weft("ratings-1", "default", "ratings", 1, 40_002));
        X509Certificate before = plane.authority().trustBundle().get(0);
        assertThat(shownRoot()).isEqualTo(before);

        plane.authority().publishNewRoot(null);
        X509Certificate fresh = plane.authority().trustBundle().get(1);
        assertThat(shownRoot()).as("the old root still signs").isEqualTo(before);
        alive(first, late);

        plane.authority().signByNewRoot(true);
        assertThat(shownRoot()).as("the port was not opened anew").isEqualTo(fresh);
        assertThat(plane.localToken().get("pin").getAsString()).isEqualTo(CertificatePin.of(fresh));
        assertThat(plane.operatorToken().pin()).isEqualTo(CertificatePin.of(fresh));
        alive(first, late);

        Svid renewed = renew(old);
        TestClient second = follow(renewed, Nodes.weft("reviews-1", "default", "reviews", 2, 40_001));
        alive(first, late, second);
        assertThat(plane.certify(REVIEWS).leaf().getIssuerX500Principal())
                .isEqualTo(renewed.leaf().getIssuerX500Principal());

        plane.authority().withdrawOldRoot(true);
        assertThat(first.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(late.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        alive(second);
        assertThat(plane.refusals())
                .filteredOn(line -> line.contains("the connection is closed"))
                .hasSizeGreaterThanOrEqualTo(2);

        TestClient refused = TestClient.over(
                plane.channel(negligent, null), Nodes.weft("ratings-1", "default", "ratings", 1, 40_002));
        assertThat(refused.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        plane.refused("does not lead to a root");
    }
}
