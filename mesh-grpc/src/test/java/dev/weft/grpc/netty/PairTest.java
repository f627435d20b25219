package dev.weft.grpc.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weft.Mesh;
import dev.weft.config.Cluster;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.config.TlsMode;
import dev.weft.http.guard.Rules;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Snapshots;
import dev.weft.runtime.World;
import io.grpc.Attributes;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A wrapped builder's channel and a guarded builder's server, with all of the mesh between them. */
final class PairTest {
    private static final String TARGET = "mesh:///reviews:9080";

    private final Party party = new Party();
    private final MutualTls tls = new MutualTls();
    private final StaticSource rules = SnapshotSource.of(Rules.snapshot(TlsMode.STRICT));
    private final Mesh reviews = party.mesh("reviews", tls.reviews, World.system(), rules);
    private final AtomicInteger connections = new AtomicInteger();

    PairTest() throws Exception {}

    @AfterEach
    void close() throws Exception {
        party.close();
    }

    private Server guarded(NettyServerBuilder builder) throws Exception {
        return party.start(reviews.guard(builder).addTransportFilter(new ServerTransportFilter() {
            @Override
            public Attributes transportReady(Attributes attributes) {
                connections.incrementAndGet();
                return attributes;
            }
        }));
    }

    /** Its one host is this server, with TLS of the mesh. */
    private Mesh productpage(Server server) {
        return party.mesh(
                "productpage",
                tls.productpage,
                World.system(),
                SnapshotSource.of(Snapshots.reviews()
                        .protocol(Cluster.Protocol.HTTP2)
                        .tls(MutualTls.towardsReviews())
                        .at((InetSocketAddress) server.getListenSockets().get(0))));
    }

    private Line line(Server server) {
        return party.bring(Line.of(productpage(server).wrap(NettyChannelBuilder.forTarget(TARGET))));
    }

    /** Nothing of the mesh is in it. */
    private Line stranger(Server server) {
        InetSocketAddress at = (InetSocketAddress) server.getListenSockets().get(0);
        return party.bring(Line.of(NettyChannelBuilder.forAddress(at).usePlaintext()));
    }

    @Test
    void strictTakesTheMeshAndNobodyElse() throws Exception {
        Server server = guarded(Party.builder());
        assertThat(line(server).ask()).startsWith(MutualTls.PRODUCTPAGE);
        assertThat(stranger(server).ask()).startsWith("UNAVAILABLE");
    }

    @Test
    void permissiveTakesBothOnOnePortUntilThePolicyChanges() throws Exception {
        rules.set(Rules.snapshot(TlsMode.PERMISSIVE));
        Server server = guarded(Party.builder());
        Line plaintext = stranger(server);
        assertThat(line(server).ask()).startsWith(MutualTls.PRODUCTPAGE);
        assertThat(plaintext.ask()).startsWith("somebody");

        rules.set(Rules.snapshot(TlsMode.STRICT));
        assertThat(plaintext.ask()).doesNotStartWith("somebody");
        assertThat(stranger(server).ask()).startsWith("UNAVAILABLE");
    }

    /** As Spring makes them all. */
    @Test
    void buildersThatWereMadeWithCredentialsAreTheMeshsToo() throws Exception {
        Server server = guarded(NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create()));
        Line line = party.bring(Line.of(
                productpage(server).wrap(NettyChannelBuilder.forTarget(TARGET, InsecureChannelCredentials.create()))));
        assertThat(line.ask()).startsWith(MutualTls.PRODUCTPAGE);
        assertThat(stranger(server).ask()).startsWith("UNAVAILABLE");
    }

    @Test
    void rotationCostsAConnectionAndNoCall() throws Exception {
        Line line = line(guarded(Party.builder()));
        try (Line.Talk talk = line.begin()) {
            assertThat(talk.ask()).startsWith(MutualTls.PRODUCTPAGE + " ");
            tls.productpage.set(tls.ca.identity(MutualTls.PRODUCTPAGE + "-2", 2));
            assertThat(line.ask()).startsWith(MutualTls.PRODUCTPAGE + "-2 ");
            assertThat(talk.ask()).startsWith(MutualTls.PRODUCTPAGE + " ");
            assertThat(line.ask()).startsWith(MutualTls.PRODUCTPAGE + "-2 ");
            assertThat(connections).hasValue(2);
        }
    }

    @Test
    void aServerThatCannotReadIstiosNamesCostsNoCall() throws Exception {
        Server server = party.start(Party.builder().sslContext(new GuardTls(reviews, false).context()));
        assertThat(line(server).ask()).startsWith(MutualTls.PRODUCTPAGE);
    }

    @Test
    void aServerKeepsTlsOfItsOwnWhichIsPlaintextToTheMesh() throws Exception {
        var own = new GuardTls(reviews, false).context();
        rules.set(Rules.snapshot(TlsMode.PERMISSIVE));
        assertThat(line(guarded(Party.builder().sslContext(own))).ask()).startsWith(MutualTls.PRODUCTPAGE);

        rules.set(Rules.snapshot(TlsMode.STRICT));
        assertThat(line(guarded(Party.builder().sslContext(own))).ask()).startsWith("UNAVAILABLE");
    }

    @Test
    void twiceIsHarmlessAndTwoMeshesAreNot() throws Exception {
        NettyServerBuilder builder = Party.builder();
        Mesh other = party.mesh("other", tls.reviews, World.system());
        assertThat(reviews.guard(reviews.guard(builder))).isSameAs(builder);
        assertThatIllegalStateException().isThrownBy(() -> other.guard(builder)).withMessageContaining("another mesh");

        Server server = guarded(builder);
        Mesh productpage = productpage(server);
        Line line = party.bring(Line.of(productpage.wrap(productpage.wrap(NettyChannelBuilder.forTarget(TARGET)))));
        assertThat(line.ask()).startsWith(MutualTls.PRODUCTPAGE);
    }
}
