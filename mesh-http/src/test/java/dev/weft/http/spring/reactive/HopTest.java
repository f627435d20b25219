package dev.weft.http.spring.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.http.body.IncomingBody;
import dev.weft.http.call.Answer;
import dev.weft.request.Headers;
import dev.weft.request.ResponseHead;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpRequest;
import reactor.core.publisher.Mono;

/** Where redirects lead, and what goes there. */
final class HopTest {

    private static Mono<Void> write(ClientHttpRequest request) {
        request.getHeaders().set(HttpHeaders.AUTHORIZATION, "secret");
        request.getHeaders().set(HttpHeaders.COOKIE, "session=7");
        request.getHeaders().set(HttpHeaders.HOST, "reviews");
        request.getHeaders().set("end-user", "jason");
        return request.setComplete();
    }

    private static @Nullable Hop redirected(String from, String location) {
        Headers headers = Headers.builder().add("location", location).build();
        Answer answer = new Answer(new ResponseHead(302, headers), IncomingBody.empty(), null, false);
        MeshedResponse response = new MeshedResponse(answer, Runnable::run);
        return new Hop(HttpMethod.GET, URI.create(from), HopTest::write, 0).redirected(response, 5);
    }

    private static HttpHeaders sent(@Nullable Hop hop) {
        assertThat(hop).isNotNull();
        MeshedRequest request = new MeshedRequest(hop.method(), hop.uri(), body -> Mono.empty());
        hop.callback().apply(request).block();
        return request.getHeaders();
    }

    @Test
    void neverFromEncryptedToPlaintext() {
        assertThat(redirected("https://reviews/a", "http://reviews/a")).isNull();
        assertThat(redirected("https://reviews/a", "http://elsewhere/a")).isNull();
        assertThat(redirected("https://reviews/a", "https://elsewhere/a")).isNotNull();
    }

    @Test
    void whatProvesWhoTheUserIsAndTheHostStayWithTheirServer() {
        for (String location : new String[] {"http://elsewhere/a", "https://reviews/a", "http://reviews:81/a"}) {
            HttpHeaders headers = sent(redirected("http://reviews/a", location));
            assertThat(headers.headerNames()).as(location).containsExactly("end-user");
        }
        assertThat(sent(redirected("http://reviews/a", "/b")).headerNames()).hasSize(4);
    }
}
