package dev.weft.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.UpstreamTls;
import dev.weft.config.UpstreamTls.Files;
import dev.weft.config.UpstreamTls.Mode;
import dev.weft.http.MeshResponse;
import dev.weft.http.identity.Workloads;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.Pem;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS towards servers outside of the mesh, with certificates from files: modes SIMPLE and MUTUAL. */
@Timeout(60)
final class CertificateFilesTest {
    private static final String URL = "http://reviews:9080/echo";
    private static final long LONG_AGO = Duration.ofDays(365 * 30).toMillis();

    /** Its timers are advanced by hand. Its wall clock shows 2001, when no certificate here had expired but one. */
    private final ManualWorld world = World.manual();

    private final Workloads ca = new Workloads();

    @TempDir
    Path directory;

    CertificateFilesTest() throws Exception {}

    private Path write(String name, String text) throws Exception {
        return java.nio.file.Files.writeString(directory.resolve(name), text);
    }

    private Files files(Workloads.Leaf client) throws Exception {
        return new Files(
                write("client.pem", Pem.write(client.chain())).toString(),
                write("client.key", Pem.write(client.key())).toString(),
                write("ca.pem", Pem.write(List.of(ca.root))).toString());
    }

    private SslContext server(Workloads.Leaf leaf, Workloads clientsCa) throws Exception {
        return SslContextBuilder.forServer(leaf.key(), leaf.chain().toArray(new X509Certificate[0]))
                .clientAuth(ClientAuth.REQUIRE)
                .trustManager(clientsCa.root)
                .build();
    }

    private SslContext server(Workloads.Leaf leaf) throws Exception {
        return SslContextBuilder.forServer(leaf.key(), leaf.chain().toArray(new X509Certificate[0]))
                .build();
    }

    private Station station(TestServer server, UpstreamTls tls) {
        return Station.of(Snapshots.reviews().tls(tls).at(server.address()), world.world(), new HeldIdentity());
    }

    private static UpstreamTls mutual(Files files) {
        return new UpstreamTls(Mode.MUTUAL, "pay.example", List.of("pay.example"), List.of(), files, false);
    }

    private static UpstreamTls simple(String ca, String sni, String... names) {
        return new UpstreamTls(Mode.SIMPLE, sni, List.of(names), List.of(), new Files("", "", ca), false);
    }

    @Test
    void theClientCertificateIsShownWithoutAnIdentityOfTheMesh() throws Exception {
        try (TestServer server =
                        TestServer.withTls("v1", false, server(ca.leaf().dns("pay.example"), ca));
                Station station = station(server, mutual(files(ca.leaf().dns("client.example"))))) {
            MeshResponse response = station.client.get(URL);
            assertThat(response.header("x-mesh-reason")).isNull();
            assertThat(response.status()).isEqualTo(200);
        }
    }

    @Test
    void changedFilesAreReadAgainAndTheConnectionsOfTheOldOnesEnd() throws Exception {
        Workloads next = new Workloads();
        Files files = files(ca.leaf().dns("client.example"));
        try (TestServer server =
                        TestServer.withTls("v1", false, server(ca.leaf().dns("pay.example"), ca));
                TestServer later =
                        TestServer.withTls("v2", false, server(ca.leaf().dns("pay.example"), next));
                Station station = station(server, mutual(files))) {
            assertThat(station.client.get(URL).status()).isEqualTo(200);
            assertThat(server.openConnections()).isEqualTo(1);

            files(next.leaf().dns("client.example"));
            Eventually.is("the old connection is closed", () -> {
                world.advance(Duration.ofSeconds(5));
                return server.openConnections() == 0;
            });
            try (Station other = station(later, mutual(files))) {
                assertThat(other.client.get(URL).status()).isEqualTo(200);
            }
            assertThat(station.client.get(URL).status())
                    .as("the first server does not know the new CA")
                    .isEqualTo(503);
        }
    }

    @Test
    void filesThatBecomeUnusableLeaveTheOldCertificateInUse() throws Exception {
        Files files = files(ca.leaf().dns("client.example"));
        try (TestServer server =
                        TestServer.withTls("v1", false, server(ca.leaf().dns("pay.example"), ca));
                Station station = station(server, mutual(files))) {
            assertThat(station.client.get(URL).status()).isEqualTo(200);
            write("client.pem", "half a cert");
            for (int i = 0; i < 5; i++) {
                world.advance(Duration.ofSeconds(5));
            }
            server.dropConnections();
            Eventually.is("connection is gone", () -> station.transport.connections() == 0);
            assertThat(station.client.get(URL).status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsWrongWithAFileIsSaidWithItsName() throws Exception {
        Workloads.Leaf client = ca.leaf().dns("client.example");
        Files good = files(client);
        String other = write("other.key", Pem.write(ca.leaf().key())).toString();
        String nothing = write("nothing.pem", "").toString();
        String missing = directory.resolve("missing.pem").toString();
        String expired = write(
                        "expired.pem",
                        Pem.write(ca.leaf()
                                .dns("client.example")
                                .valid(-LONG_AGO, 1 - LONG_AGO)
                                .chain()))
                .toString();
        try (TestServer server =
                TestServer.withTls("v1", false, server(ca.leaf().dns("pay.example"), ca))) {
            assertThat(reason(server, new Files(missing, good.privateKey(), "")))
                    .contains("clientCertificate " + missing, "NoSuchFile");
            assertThat(reason(server, new Files(good.clientCertificate(), other, "")))
                    .contains("privateKey " + other + " does not belong to clientCertificate");
            assertThat(reason(server, new Files(good.clientCertificate(), good.clientCertificate(), "")))
                    .contains("privateKey " + good.clientCertificate());
            assertThat(reason(server, new Files(good.clientCertificate(), good.privateKey(), nothing)))
                    .contains("caCertificates " + nothing);
            assertThat(reason(server, new Files(expired, good.privateKey(), "")))
                    .contains(expired);
            assertThat(server.connections()).as("nobody was called").isZero();
        }
    }

    private String reason(TestServer server, Files files) {
        try (Station station = station(server, mutual(files))) {
            MeshResponse response = station.client.get(URL);
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("x-mesh-flags")).isEqualTo("UF");
            return response.header("x-mesh-reason");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "pay.example, 200",
        "a.wild.example, 200",
        "a.b.wild.example, 503",
        "spiffe://other.domain/ns/pay/sa/pay, 200",
        "spiffe://other.domain/ns/pay/sa/payer, 503",
        "127.0.0.1, 200",
        "10.1.2.3, 503",
        "other.example, 503"
    })
    void namesOfEachKindAreCompared(String name, int status) throws Exception {
        Workloads.Leaf leaf = ca.leaf()
                .dns("pay.example")
                .dns("*.wild.example")
                .uri("spiffe://other.domain/ns/pay/sa/pay")
                .ip((byte) 127, (byte) 0, (byte) 0, (byte) 1);
        String roots = write("ca.pem", Pem.write(List.of(ca.root))).toString();
        assertThat(status(leaf, simple(roots, "pay.example", name))).isEqualTo(status);
    }

    @Test
    void aDnsNameThatLooksLikeAUriIsNone() throws Exception {
        String roots = write("ca.pem", Pem.write(List.of(ca.root))).toString();
        Workloads.Leaf leaf = ca.leaf().dns("pay.example").dns("spiffe://other.domain/ns/pay/sa/pay");

        assertThat(status(leaf, simple(roots, "pay.example", "spiffe://other.domain/ns/pay/sa/pay")))
                .isEqualTo(503);
    }

    @Test
    void withoutServerNameTheRequestsHostIsShownAndChecked() throws Exception {
        String roots = write("ca.pem", Pem.write(List.of(ca.root))).toString();

        assertThat(status(ca.leaf().dns("reviews"), simple(roots, ""))).isEqualTo(200);
        assertThat(status(ca.leaf().dns("pay.example"), simple(roots, ""))).isEqualTo(503);
    }

    @Test
    void onlyTheWordForItLetsAServerGoUnverified() throws Exception {
        Workloads stranger = new Workloads();
        UpstreamTls skipping = new UpstreamTls(Mode.SIMPLE, "pay.example", List.of(), List.of(), Files.NONE, true);

        assertThat(status(stranger.leaf().dns("whoever"), skipping)).isEqualTo(200);
        assertThat(status(
                        stranger.leaf().dns("pay.example"),
                        new UpstreamTls(Mode.SIMPLE, "pay.example", List.of(), List.of())))
                .isEqualTo(503);
    }

    private int status(Workloads.Leaf leaf, UpstreamTls tls) throws Exception {
        try (TestServer server = TestServer.withTls("v1", false, server(leaf));
                Station station = station(server, tls)) {
            return station.client.get(URL).status();
        }
    }
}
