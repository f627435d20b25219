package dev.weft.http.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Snapshots;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.JettyClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Redirects and cookies, which the client below the user's factory would have seen to. */
@Timeout(60)
final class WhatTheFactoryDoesTest {
    private final HttpServer server;
    private final Mesh mesh;

    WhatTheFactoryDoesTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            List<String> path = List.of(exchange.getRequestURI().getPath().split("/"));
            int status = path.size() > 1 && path.get(1).matches("\\d+") ? Integer.parseInt(path.get(1)) : 200;
            byte[] body = (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8) + " "
                            + exchange.getRequestHeaders().get("cookie") + " "
                            + exchange.getRequestHeaders().get("authorization") + " "
                            + exchange.getRequestHeaders().get("host"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("set-cookie", "session=7; Path=/");
            if (status != 200) {
                String to = exchange.getRequestURI().getQuery();
                exchange.getResponseHeaders().add("location", to == null ? "/302" : to);
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        mesh = Mesh.builder()
                .service("productpage")
                .ignoreEnvironment()
                .snapshots(SnapshotSource.of(Snapshots.reviews().at(server.getAddress())))
                .start();
    }

    @AfterEach
    void stop() {
        mesh.close();
        server.stop(0);
    }

    private RestClient client(ClientHttpRequestFactory own) {
        return mesh.wrap(RestClient.builder()
                .requestFactory(own)
                .baseUrl("http://reviews:9080")
                .defaultHeader("authorization", "secret")
                .build());
    }

    private static JdkClientHttpRequestFactory jdk(HttpClient.Redirect redirect) {
        return new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().followRedirects(redirect).build());
    }

    private static String post(RestClient client, String path) {
        String answer = client.post()
                .uri(URI.create("http://reviews:9080" + path))
                .body("body")
                .exchange((request, response) -> response.getStatusCode().value() + " "
                        + new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8));
        return String.valueOf(answer);
    }

    @Test
    void redirectsAreFollowedWhereTheUsersClientFollowsThem() {
        RestClient client = client(jdk(HttpClient.Redirect.NORMAL));

        assertThat(post(client, "/302?/to")).startsWith("200 GET /to  ");
        assertThat(post(client, "/303?/to")).startsWith("200 GET /to  ");
        assertThat(post(client, "/307?/to")).startsWith("200 POST /to body ").contains("[secret]");
        assertThat(post(client, "/308?/307?/to")).startsWith("200 POST /to body ");
        assertThat(client.get().uri("/301?/to").retrieve().body(String.class)).startsWith("GET /to");
    }

    @Test
    void aRedirectOutOfTheMeshGoesOutOfTheMeshWithoutWhatWasMeantForTheService() {
        String elsewhere = "http://localhost:" + server.getAddress().getPort() + "/to";

        assertThat(post(client(jdk(HttpClient.Redirect.NORMAL)), "/307?" + elsewhere))
                .startsWith("200 POST /to body null null [localhost:");
    }

    @Test
    void aRedirectIsTheAnswerWhereTheUsersClientFollowsNone() {
        assertThat(post(client(jdk(HttpClient.Redirect.NEVER)), "/302?/to")).startsWith("302 ");
        assertThat(post(client((uri, method) -> null), "/302?/to")).startsWith("302 ");
        assertThat(post(client(new SimpleClientHttpRequestFactory()), "/302?/to"))
                .startsWith("302 ");
        assertThat(post(client(jdk(HttpClient.Redirect.NORMAL)), "/302?ftp://reviews/x"))
                .startsWith("302 ");
        assertThat(post(client(jdk(HttpClient.Redirect.NORMAL)), "/302?:::")).startsWith("302 ");
    }

    @Test
    void aStreamThatIsGoneIsNotSentToWhereARedirectPoints() {
        HttpStatusCode status = client(jdk(HttpClient.Redirect.NORMAL))
                .post()
                .uri(URI.create("http://reviews:9080/307?/to"))
                .body(new InputStreamResource(new ByteArrayInputStream(new byte[10])))
                .exchange((request, response) -> response.getStatusCode());

        assertThat(status.value()).isEqualTo(307);
    }

    @Test
    void redirectsThatLeadNowhereEnd() {
        HttpStatusCode status = client(jdk(HttpClient.Redirect.NORMAL))
                .get()
                .uri("/302")
                .exchange((request, response) -> response.getStatusCode());

        assertThat(status.value()).isEqualTo(302);
    }

    @Test
    void whatTheUsersFactorySaysToARedirectOutOfTheMeshIsTheCallersToHear() {
        ClientHttpRequestFactory own = (uri, method) -> {
            throw new IOException("the user's own factory: " + uri.getHost());
        };
        ClientHttpRequestFactory factory = SpringClients.on(() -> mesh).wrap(own, new KnownSettings(null, true));
        RestClient client = RestClient.builder().requestFactory(factory).build();

        assertThatThrownBy(() -> post(client, "/307?http://elsewhere/"))
                .hasRootCauseMessage("the user's own factory: elsewhere");
        assertThat(post(client, "/307?/to")).startsWith("200 POST /to body ");
    }

    @Test
    void everyLibraryIsAskedWhetherItFollows() throws Exception {
        assertThat(FactorySettings.of(new HttpComponentsClientHttpRequestFactory(), KnownSettings.NONE)
                        .follows(HttpMethod.POST))
                .isTrue();
        var jetty = new org.eclipse.jetty.client.HttpClient();
        JettyClientHttpRequestFactory ofJetty = new JettyClientHttpRequestFactory(jetty);
        assertThat(FactorySettings.of(ofJetty, KnownSettings.NONE).follows(HttpMethod.POST))
                .isTrue();
        jetty.setFollowRedirects(false);
        assertThat(FactorySettings.of(ofJetty, KnownSettings.NONE).follows(HttpMethod.GET))
                .isFalse();
        assertThat(FactorySettings.of(new SimpleClientHttpRequestFactory(), KnownSettings.NONE)
                        .follows(HttpMethod.GET))
                .isTrue();
        KnownSettings told = new KnownSettings(null, false);
        assertThat(FactorySettings.of(new SimpleClientHttpRequestFactory(), told)
                        .follows(HttpMethod.GET))
                .isFalse();
    }

    @Test
    void cookiesGoThroughTheHandlerOfTheUsersClient() {
        RestClient client = client(new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()));

        assertThat(post(client, "/")).contains("null");
        assertThat(post(client, "/")).contains("session=7");
        assertThat(post(client(jdk(HttpClient.Redirect.NEVER)), "/")).doesNotContain("session");
    }
}
