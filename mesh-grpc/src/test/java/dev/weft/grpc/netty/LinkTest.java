package dev.weft.grpc.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.config.UpstreamTls;
import dev.weft.http.identity.Workloads;
import dev.weft.http.kit.MutualTls;
import dev.weft.identity.IdentitySource;
import dev.weft.runtime.World;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections of the mesh between gRPC's own channels and servers. */
final class LinkTest {
    private final Party party = new Party();
    private final MutualTls tls = new MutualTls();
    private final Mesh reviews = party.mesh("reviews", tls.reviews, World.system());
    private final Mesh productpage = party.mesh("productpage", tls.productpage, World.system());

    LinkTest() throws Exception {}

    /** Off by default, and announced as the default of a later release. */
    @BeforeEach
    void letGrpcCheckTheAuthorityOfEachCall() throws Exception {
        checkAuthority(true);
    }

    @AfterEach
    void close() throws Exception {
        checkAuthority(false);
        party.close();
    }

    private static void checkAuthority(boolean check) throws Exception {
        var field = Class.forName("io.grpc.netty.NettyClientHandler").getDeclaredField("enablePerRpcAuthorityCheck");
        field.setAccessible(true);
        field.setBoolean(null, check);
    }

    private Server strict() throws Exception {
        return party.serve(reviews, (listening, encrypted) -> !encrypted);
    }

    private Line line(Server server, UpstreamTls setting) {
        return party.bring(Line.toMesh(productpage, server, setting));
    }

    @Test
    void bothSidesProveWhoTheyAreWhateverAuthorityACallBears() throws Exception {
        assertThat(line(strict(), MutualTls.towardsReviews()).ask())
                .isEqualTo(MutualTls.PRODUCTPAGE + " asked outbound_.9080_._.reviews.default.svc.cluster.local");
    }

    @Test
    void onePortTakesBoth() throws Exception {
        Server permissive = party.serve(reviews, (listening, encrypted) -> false);
        assertThat(line(permissive, MutualTls.towards()).ask()).startsWith(MutualTls.PRODUCTPAGE);
        Line plaintext = party.bring(Line.toMesh(productpage, Line.builder(), permissive, null, ""));
        assertThat(plaintext.ask()).isEqualTo("somebody asked null");
    }

    @Test
    void plaintextIsClosedWhereItIsNotAdmitted() throws Exception {
        Line plaintext = party.bring(Line.toMesh(productpage, Line.builder(), strict(), null, ""));
        assertThat(plaintext.ask()).startsWith("UNAVAILABLE");
    }

    @Test
    void tlsIsClosedWhereItIsNotAdmitted() throws Exception {
        Server plain = party.serve(reviews, (listening, encrypted) -> encrypted);
        assertThat(line(plain, MutualTls.towardsReviews()).ask())
                .contains("LinkFailedException", "closed by the other side within the TLS handshake");
    }

    @Test
    void anotherIdentityThanTheClustersIsRefused() throws Exception {
        assertThat(line(strict(), MutualTls.towards("spiffe://cluster.local/ns/default/sa/ratings"))
                        .ask())
                .contains("LinkFailedException", "peer refused, ALLOWED: the peer is " + MutualTls.REVIEWS);
    }

    @Test
    void aServerOfAForeignRootIsRefused() throws Exception {
        Mesh stranger = party.mesh(
                "stranger", IdentitySource.of(new Workloads().identity(MutualTls.REVIEWS, 1)), World.system());
        Server server = party.serve(stranger, (listening, encrypted) -> false);
        assertThat(line(server, MutualTls.towardsReviews()).ask()).contains("LinkFailedException", "peer refused");
    }

    @Test
    void aClientOfAForeignRootIsRefused() throws Exception {
        Workloads foreign = new Workloads();
        Mesh stranger = party.mesh(
                "stranger",
                IdentitySource.of(foreign.identity(MutualTls.PRODUCTPAGE, 1, foreign.root, tls.ca.root)),
                World.system());
        Line line = party.bring(Line.toMesh(stranger, strict(), MutualTls.towardsReviews()));
        assertThat(line.ask()).startsWith("UNAVAILABLE").contains("LinkFailedException");
    }

    @Test
    void aClientWithoutACertificateIsRefused() throws Exception {
        Mesh nobody = party.mesh(
                "nobody",
                IdentitySource.of(tls.ca.identity(MutualTls.PRODUCTPAGE, 1, -1, tls.ca.root)),
                World.system());
        Line line = party.bring(Line.toMesh(nobody, strict(), MutualTls.towardsReviews()));
        assertThat(line.ask()).startsWith("UNAVAILABLE").contains("LinkFailedException");
    }

    @Test
    void rotationLeavesCallsAloneAndNewConnectionsShowTheNewCertificate() throws Exception {
        Server server = strict();
        Line before = line(server, MutualTls.towardsReviews());
        try (Line.Talk talk = before.begin()) {
            assertThat(talk.ask()).startsWith(MutualTls.PRODUCTPAGE);
            tls.productpage.set(tls.ca.identity(MutualTls.PRODUCTPAGE + "-2", 2));
            tls.reviews.set(tls.ca.identity(MutualTls.REVIEWS + "-2", 2));

            assertThat(talk.ask()).startsWith(MutualTls.PRODUCTPAGE + " ");
            assertThat(line(server, MutualTls.towards(MutualTls.REVIEWS + "-2")).ask())
                    .startsWith(MutualTls.PRODUCTPAGE + "-2 ");
        }
    }

    @Test
    void noConnectionIsMadeForAMeshThatIsClosed() throws Exception {
        Line line = line(strict(), MutualTls.towardsReviews());
        productpage.close();
        assertThat(line.ask()).startsWith("UNAVAILABLE").contains("LinkFailedException");
    }

    @Test
    void hostsOutsideOfTheMeshKeepTheBuildersSecurity() throws Exception {
        Server plain = party.start(NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create()));
        var withCredentials = NettyChannelBuilder.forTarget("fixed:///party", InsecureChannelCredentials.create());
        assertThat(party.bring(Line.outside(productpage, withCredentials, plain))
                        .ask())
                .isEqualTo("somebody asked null");
        assertThat(party.bring(Line.outside(productpage, Line.builder().usePlaintext(), plain))
                        .ask())
                .isEqualTo("somebody asked null");
        // TLS is what a builder does that was told nothing.
        assertThat(party.bring(Line.outside(productpage, Line.builder(), plain)).ask())
                .startsWith("UNAVAILABLE");
    }

    @Test
    void hostsOfTheMeshKeepTheMeshsSecurityWhateverTheBuilderSays() throws Exception {
        var withCredentials = NettyChannelBuilder.forTarget("fixed:///party", InsecureChannelCredentials.create());
        Line line = party.bring(Line.toMesh(
                productpage, withCredentials, strict(), MutualTls.towardsReviews(), "outbound_.9080_._.reviews"));
        assertThat(line.ask()).isEqualTo(MutualTls.PRODUCTPAGE + " asked outbound_.9080_._.reviews");
    }
}
