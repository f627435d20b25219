package dev.weft.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Cluster;
import dev.weft.config.UpstreamTls;
import dev.weft.http.MeshResponse;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import dev.weft.runtime.World;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS of mode SIMPLE: the server shows who it is, we show nothing. */
@Timeout(60)
final class TlsTest {
    private static final String URL = "http://reviews:9080/echo";

    @TempDir
    static Path directory;

    private static Certificates certificates;

    @BeforeAll
    static void make() throws Exception {
        certificates = Certificates.of(directory, "dns:reviews.example,dns:*.wild.example");
    }

    private static UpstreamTls simple(String sni, String... names) {
        return new UpstreamTls(UpstreamTls.Mode.SIMPLE, sni, List.of(names), List.of());
    }

    private static Station station(TestServer server, UpstreamTls tls, Cluster.Protocol protocol) {
        return new Station(
                Snapshots.reviews().protocol(protocol).tls(tls).at(server.address()),
                World.system(),
                certificates.trust());
    }

    private static String flags(UpstreamTls tls) throws Exception {
        try (TestServer server = TestServer.withTls("v1", false, certificates.server("http/1.1"));
                Station station = station(server, tls, Cluster.Protocol.HTTP1)) {
            MeshResponse response = station.client.get(URL);
            return response.status() + " " + response.header("x-mesh-flags");
        }
    }

    @Test
    void oneOfTheExpectedNamesIsEnough() throws Exception {
        assertThat(flags(simple("reviews.example", "other.example", "reviews.example")))
                .isEqualTo("200 null");
        assertThat(flags(simple("reviews.example", "a.wild.example"))).isEqualTo("200 null");
    }

    @Test
    void withoutExpectedNamesTheServerNameIsChecked() throws Exception {
        assertThat(flags(simple("reviews.example"))).isEqualTo("200 null");
        assertThat(flags(simple("other.example"))).isEqualTo("503 UF");
    }

    @Test
    void anotherNameIsRefused() throws Exception {
        assertThat(flags(simple("reviews.example", "ratings.example"))).isEqualTo("503 UF");
        assertThat(flags(simple("reviews.example", "a.b.wild.example"))).isEqualTo("503 UF");
    }

    @Test
    void theReasonSaysWhatWasShownAndWhatWasExpected() throws Exception {
        try (TestServer server = TestServer.withTls("v1", false, certificates.server("http/1.1"));
                Station station =
                        station(server, simple("reviews.example", "ratings.example"), Cluster.Protocol.HTTP1)) {
            assertThat(station.client.get(URL).header("x-mesh-reason"))
                    .contains("[reviews.example, *.wild.example]", "[ratings.example]");
        }
    }

    @Test
    void whomTheTrustStoreDoesNotKnowIsRefused() throws Exception {
        Certificates stranger = Certificates.of(directory, "dns:reviews.example");
        try (TestServer server = TestServer.withTls("v1", false, stranger.server("http/1.1"));
                Station station = station(server, simple("reviews.example"), Cluster.Protocol.HTTP1)) {
            MeshResponse response = station.client.get(URL);
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("x-mesh-flags")).isEqualTo("UF");
        }
    }

    @Test
    void theServerChoosesTheProtocolWhereTheClusterLeavesItOpen() throws Exception {
        UpstreamTls tls = simple("reviews.example", "reviews.example");
        try (TestServer server = TestServer.withTls("v1", true, certificates.server("h2", "http/1.1"));
                Station station = station(server, tls, Cluster.Protocol.AUTO)) {
            MeshResponse response = station.client.get(URL);
            assertThat(response.overHttp2()).isTrue();
            assertThat(response.text()).contains("x-http2-scheme: https");
        }
        try (TestServer server = TestServer.withTls("v1", false, certificates.server("http/1.1"));
                Station station = station(server, tls, Cluster.Protocol.AUTO)) {
            MeshResponse response = station.client.get(URL);
            assertThat(response.overHttp2()).isFalse();
            assertThat(response.status()).isEqualTo(200);
        }
    }

    @Test
    void aServerWithoutTlsIsNoConnection() {
        try (TestServer server = TestServer.start("v1", false);
                Station station = station(server, simple("reviews.example"), Cluster.Protocol.HTTP1)) {
            assertThat(station.client.get(URL).header("x-mesh-flags")).isEqualTo("UF");
        }
    }
}
