package dev.weft.spring.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.http.guard.Http2Corpus;
import dev.weft.http.guard.Site;
import dev.weft.identity.AllowedPeers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** HTTP/2 on Boot's Tomcat, which takes it on the port where it takes everything else. */
final class BootHttp2Test {
    private final Town town = new Town();

    @Test
    void overTlsOfTheMeshTheCallerIsKnownAndInPlaintextItIsNobody() throws Exception {
        try (Mesh mesh = town.mesh();
                Site site = BootServer.TOMCAT.start(BootSite.tls(mesh), new Site.Handlers())) {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(dev.weft.identity.MeshTls.client(town.cart, AllowedPeers.any()))
                    .version(HttpClient.Version.HTTP_2)
                    .build();
            assertThat(get(client, "https", site)).contains("caller=" + Town.CART + " ");
            assertThat(get(client, "http", site)).contains("caller=anonymous ");
        }
    }

    private static String get(HttpClient client, String scheme, Site site) throws Exception {
        URI uri = URI.create(scheme + "://127.0.0.1:" + site.tls().getPort() + "/public/a");
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return answer.body();
    }

    /** In plaintext, whose callers say so in {@code :scheme}. */
    @Test
    void nothingProtectedIsReached() throws Exception {
        assertThat(Http2Corpus.failures((mesh, handlers) -> BootServer.TOMCAT.start(BootSite.tls(mesh), handlers)))
                .isEmpty();
    }
}
