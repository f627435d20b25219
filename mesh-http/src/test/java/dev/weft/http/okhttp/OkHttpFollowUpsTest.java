package dev.weft.http.okhttp;

import static dev.weft.http.okhttp.OkHttpBench.text;
import static dev.weft.http.okhttp.OkHttpBench.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What OkHttp does with a request and its answer, done for calls of the mesh too. */
@Timeout(60)
final class OkHttpFollowUpsTest {
    private final OkHttpBench bench = OkHttpBench.answering(OkHttpFollowUpsTest::answer);

    @AfterEach
    void stop() {
        bench.close();
    }

    /** A path says what is answered. */
    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String asked = exchange.getRequestHeaders().getFirst("x-to");
        switch (path) {
            case "/cookie" -> {
                exchange.getResponseHeaders().add("set-cookie", "session=7; Path=/");
                text(exchange, 200, String.valueOf(exchange.getRequestHeaders().getFirst("cookie")));
            }
            case "/gzip" -> {
                ByteArrayOutputStream packed = new ByteArrayOutputStream();
                try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                    gzip.write("unpacked".getBytes(java.nio.charset.StandardCharsets.UTF_8));
                }
                exchange.getResponseHeaders().add("content-encoding", "gzip");
                exchange.sendResponseHeaders(200, packed.size());
                exchange.getResponseBody().write(packed.toByteArray());
            }
            case "/from" -> {
                exchange.getResponseHeaders().add("location", asked == null ? "/to" : asked);
                exchange.getRequestBody().readAllBytes();
                text(exchange, Integer.parseInt(exchange.getRequestURI().getQuery()), "moved");
            }
            case "/loop" -> {
                exchange.getResponseHeaders().add("location", "/loop");
                text(exchange, 302, "");
            }
            case "/private" -> {
                String credentials = exchange.getRequestHeaders().getFirst("authorization");
                text(exchange, credentials == null ? 401 : 200, String.valueOf(credentials));
            }
            case "/again" -> {
                exchange.getResponseHeaders().add("retry-after", "0");
                text(exchange, 503, "");
            }
            default ->
                text(
                        exchange,
                        200,
                        exchange.getRequestMethod() + " "
                                + new String(
                                        exchange.getRequestBody().readAllBytes(),
                                        java.nio.charset.StandardCharsets.UTF_8)
                                + " " + exchange.getRequestHeaders().getFirst("authorization"));
        }
    }

    private OkHttpClient client() {
        return bench.mesh.wrap(new OkHttpClient());
    }

    @Test
    void cookiesGoThroughTheClientsJar() throws IOException {
        List<Cookie> jar = new CopyOnWriteArrayList<>();
        OkHttpClient client = bench.mesh.wrap(new OkHttpClient.Builder()
                .cookieJar(new CookieJar() {
                    @Override
                    public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
                        jar.addAll(cookies);
                    }

                    @Override
                    public List<Cookie> loadForRequest(HttpUrl url) {
                        return jar;
                    }
                })
                .build());
        try (Response first = client.newCall(to("/cookie").build()).execute()) {
            assertThat(first.body().string()).isEqualTo("null");
        }
        try (Response second = client.newCall(to("/cookie").build()).execute()) {
            assertThat(second.body().string()).isEqualTo("session=7");
        }
    }

    @Test
    void gzipIsUnpackedUnlessTheUserAskedForIt() throws IOException {
        try (Response unpacked = client().newCall(to("/gzip").build()).execute()) {
            assertThat(unpacked.body().string()).isEqualTo("unpacked");
            assertThat(unpacked.header("content-encoding")).isNull();
            assertThat(unpacked.header("content-length")).isNull();
        }
        try (Response packed = client().newCall(
                        to("/gzip").header("Accept-Encoding", "gzip").build())
                .execute()) {
            assertThat(packed.body().bytes()).startsWith(0x1F, 0x8B);
        }
        try (Response head = client().newCall(to("/gzip").head().build()).execute()) {
            assertThat(head.body().string()).isEmpty();
        }
    }

    @Test
    void redirectsAreFollowedByOkHttpsRules() throws IOException {
        RequestBody body = RequestBody.create(new byte[] {'x'});
        try (Response found =
                client().newCall(to("/from?302").post(body).build()).execute()) {
            assertThat(found.body().string()).startsWith("GET  ");
            assertThat(found.request().url().encodedPath()).isEqualTo("/to");
            Response prior = found.priorResponse();
            assertThat(prior).isNotNull();
            assertThat(prior.code()).isEqualTo(302);
            assertThat(found.networkResponse()).isNotNull();
        }
        try (Response temporary = client().newCall(to("/from?307")
                        .post(body)
                        .header("Authorization", "mine")
                        .build())
                .execute()) {
            assertThat(temporary.body().string()).isEqualTo("POST x mine");
        }
        OkHttpClient stays = client().newBuilder().followRedirects(false).build();
        try (Response moved = stays.newCall(to("/from?301").build()).execute()) {
            assertThat(moved.code()).isEqualTo(301);
        }
        assertThat(bench.seen)
                .containsExactly("POST /from?302", "GET /to", "POST /from?307", "POST /to", "GET /from?301");
    }

    @Test
    void aRedirectOutOfTheMeshIsTheClientsAndTellsNoSecrets() throws IOException {
        try (Response answer = client().newCall(to("/from?302")
                        .header("x-to", bench.outside("/to"))
                        .header("Authorization", "mine")
                        .build())
                .execute()) {
            assertThat(answer.body().string()).isEqualTo("GET  null");
            Response prior = answer.priorResponse();
            assertThat(prior).isNotNull();
            assertThat(prior.request().url().host()).isEqualTo("reviews");
        }
        bench.observer.awaitCalls(1);
    }

    @Test
    void aBodyThatExistsOnceIsNotSentAfterARedirect() throws IOException {
        RequestBody once = OkHttpSubject.streamed(() -> new java.io.ByteArrayInputStream(new byte[] {'x'}), true);
        try (Response answer =
                client().newCall(to("/from?307").post(once).build()).execute()) {
            assertThat(answer.code()).isEqualTo(307);
        }
    }

    @Test
    void anEndlessRedirectEndsAfterTwenty() {
        assertThatThrownBy(() -> client().newCall(to("/loop").build()).execute())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("Too many follow-up requests: 21");
        assertThat(bench.seen).hasSize(21);
    }

    @Test
    void theAuthenticatorAnswersChallengesAndSeesThoseBefore() throws IOException {
        OkHttpClient client = bench.mesh.wrap(new OkHttpClient.Builder()
                .authenticator((route, response) -> response.priorResponse() != null
                        ? null
                        : response.request()
                                .newBuilder()
                                .header("Authorization", "secret")
                                .build())
                .build());
        try (Response answer = client.newCall(to("/private").build()).execute()) {
            assertThat(answer.code()).isEqualTo(200);
            assertThat(answer.body().string()).isEqualTo("secret");
        }
    }

    @Test
    void okHttpsOwnRepetitionsAreLeftToTheMesh() throws IOException {
        try (Response answer = client().newCall(to("/again").build()).execute()) {
            assertThat(answer.code()).isEqualTo(503);
        }
        assertThat(bench.seen).hasSize(1);
    }
}
