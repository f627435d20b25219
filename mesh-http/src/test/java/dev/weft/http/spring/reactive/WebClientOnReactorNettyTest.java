package dev.weft.http.spring.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.http.kit.Eventually;
import io.netty.handler.timeout.ReadTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;

/** Over Reactor Netty, whose own client goes on the mesh. */
final class WebClientOnReactorNettyTest extends WebClientBehaviour {

    @Override
    ClientHttpConnector connector() {
        return new ReactorClientHttpConnector();
    }

    @Test
    void itsOwnResponseTimeoutIsThrown() {
        assertThatThrownBy(() -> never(
                        new ReactorClientHttpConnector(HttpClient.create().responseTimeout(Duration.ofMillis(50)))))
                .hasCauseInstanceOf(ReadTimeoutException.class);
        Eventually.is("attempt closed", () -> server.abandoned() == 1);
    }

    @Test
    void aRequestShowsTheLibrarysOwn() {
        WebClient client = mesh.wrap(WebClient.create());
        assertThatThrownBy(() -> client.get()
                        .uri("http://reviews:9080/never")
                        .httpRequest(request ->
                                request.<HttpClientRequest>getNativeRequest().responseTimeout(Duration.ofMillis(50)))
                        .retrieve()
                        .toBodilessEntity()
                        .block())
                .hasCauseInstanceOf(ReadTimeoutException.class);
    }

    /** Then the mesh's own connector does without the library, and keeps its timeout. */
    @Test
    void aClientThatSpeaksHttp2IsOnTheMeshToo() {
        HttpClient http2 = HttpClient.create()
                .protocol(HttpProtocol.H2C, HttpProtocol.HTTP11)
                .responseTimeout(Duration.ofMillis(50));
        assertThatThrownBy(() -> never(new ReactorClientHttpConnector(http2)))
                .hasCauseInstanceOf(ReadTimeoutException.class);
        Eventually.is("attempt closed", () -> server.abandoned() == 1);
        assertThat(server.requests()).containsExactly("GET /never");
    }
}
