package dev.weft.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Cluster;
import dev.weft.config.UpstreamTls;
import dev.weft.http.MeshResponse;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import dev.weft.identity.AllowedPeers;
import dev.weft.runtime.World;
import io.netty.handler.ssl.SslProvider;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS of mode ISTIO_MUTUAL: both sides show an identity of the mesh. */
@Timeout(60)
final class MutualTlsTest {
    private static final String URL = "http://reviews:9080/echo";

    private final MutualTls mesh = new MutualTls();

    MutualTlsTest() throws Exception {}

    private Station station(TestServer server, UpstreamTls tls, Cluster.Protocol protocol) {
        return Station.of(
                Snapshots.reviews().protocol(protocol).tls(tls).at(server.address()), World.system(), mesh.productpage);
    }

    @ParameterizedTest
    @CsvSource({"JDK, false", "JDK, true", "OPENSSL, false", "OPENSSL, true"})
    void theServerLearnsWhoCalls(SslProvider provider, boolean http2) throws Exception {
        Set<String> callers = ConcurrentHashMap.newKeySet();
        AllowedPeers all = AllowedPeers.matching(id -> callers.add(id.toString()), "all");
        Cluster.Protocol protocol = http2 ? Cluster.Protocol.HTTP2 : Cluster.Protocol.HTTP1;
        try (TestServer server =
                        TestServer.withTls("v1", http2, mesh.server(provider, all, http2 ? "h2" : "http/1.1"));
                Station station = station(server, MutualTls.towardsReviews(), protocol)) {
            // The JDK's server takes no name of Istio's and is called again without one.
            MeshResponse response = station.client.get(URL);
            assertThat(response.header("x-mesh-reason")).isNull();
            assertThat(response.overHttp2()).isEqualTo(http2);
            assertThat(response.text()).contains("server: v1");
        }
        assertThat(callers).containsExactly(MutualTls.PRODUCTPAGE);
    }

    @Test
    void http2IsSpokenToAServerThatAgreesOnNoProtocol() throws Exception {
        try (TestServer server = TestServer.withTls("v1", true, mesh.server());
                Station station = station(server, MutualTls.towardsReviews(), Cluster.Protocol.HTTP2)) {
            assertThat(station.client.get(URL).overHttp2()).isTrue();
        }
    }
}
