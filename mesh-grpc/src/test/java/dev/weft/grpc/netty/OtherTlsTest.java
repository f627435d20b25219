package dev.weft.grpc.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.config.UpstreamTls;
import dev.weft.http.identity.Workloads;
import dev.weft.http.kit.MutualTls;
import dev.weft.runtime.World;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers with certificates that are not the mesh's, and servers and clients on the JDK's TLS. */
final class OtherTlsTest {
    private final Party party = new Party();
    private final MutualTls tls = new MutualTls();
    private final Mesh reviews = party.mesh("reviews", tls.reviews, World.system());
    private final Mesh productpage = party.mesh("productpage", tls.productpage, World.system());

    @TempDir
    private Path files;

    private Path roots;

    OtherTlsTest() throws Exception {}

    @BeforeEach
    void writeRoots() throws Exception {
        roots = files.resolve("roots.pem");
        Files.writeString(
                roots,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(tls.ca.root.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    @AfterEach
    void close() throws Exception {
        party.close();
    }

    private Server named(String name) throws Exception {
        Workloads.Leaf leaf = tls.ca.leaf().dns(name);
        return party.start(Party.builder()
                .sslContext(GrpcSslContexts.configure(SslContextBuilder.forServer(
                                leaf.key(), leaf.chain().toArray(new X509Certificate[0])))
                        .build()));
    }

    private UpstreamTls simple(String sni, List<String> names, Path trusted) {
        return new UpstreamTls(
                UpstreamTls.Mode.SIMPLE,
                sni,
                names,
                List.of(),
                new UpstreamTls.Files("", "", trusted.toString()),
                false);
    }

    private String ask(Server server, UpstreamTls setting) throws Exception {
        return party.bring(Line.toMesh(productpage, server, setting)).ask();
    }

    @Test
    void aServerProvesItsNameOrOneOfThoseThatAreListed() throws Exception {
        Server server = named("api.example");
        assertThat(ask(server, simple("api.example", List.of(), roots))).startsWith("anonymous");
        assertThat(ask(server, simple("front.example", List.of("b.example", "api.example"), roots)))
                .startsWith("anonymous");
    }

    @Test
    void aServerOfAnotherNameIsRefused() throws Exception {
        Server server = named("other.example");
        assertThat(ask(server, simple("api.example", List.of(), roots))).contains("LinkFailedException");
        assertThat(ask(server, simple("other.example", List.of("api.example"), roots)))
                .contains("LinkFailedException", "names [other.example], one of [api.example] was expected");
    }

    @Test
    void aFileThatIsNotThereIsSaid() throws Exception {
        assertThat(ask(named("api.example"), simple("api.example", List.of(), files.resolve("none.pem"))))
                .contains("LinkFailedException", "none.pem cannot be read");
    }

    @Test
    void theJdksTlsDoesTheSame() throws Exception {
        assertThat(productpage.shared(LinkContexts.class, mesh -> new LinkContexts(mesh, false)))
                .isNotNull();
        Server server = party.start(Party.builder().sslContext(new GuardTls(reviews, false).context()));
        UpstreamTls plainName = new UpstreamTls(
                UpstreamTls.Mode.ISTIO_MUTUAL, "reviews.default", List.of(MutualTls.REVIEWS), List.of());
        assertThat(ask(server, plainName)).startsWith(MutualTls.PRODUCTPAGE);
        assertThat(ask(server, MutualTls.towards("spiffe://cluster.local/ns/default/sa/ratings")))
                .contains("LinkFailedException");
    }

    @Test
    void aServerThatCannotReadIstiosNamesIsShownNoneTheNextTime() throws Exception {
        Server server = party.start(Party.builder().sslContext(new GuardTls(reviews, false).context()));
        try (Line.Talk first = party.bring(Line.toMesh(productpage, server, MutualTls.towardsReviews()))
                .begin()) {
            assertThat(first.ask()).startsWith("UNAVAILABLE");
            assertThat(first.end().getCause())
                    .isInstanceOfSatisfying(
                            dev.weft.grpc.link.LinkFailedException.class,
                            failure -> assertThat(failure.again()).isTrue());
        }
        assertThat(ask(server, MutualTls.towardsReviews())).startsWith(MutualTls.PRODUCTPAGE);
    }
}
