package dev.weft.http.spring.reactive;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.http.kit.Eventually;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Over any other client: the mesh's own connector. */
final class WebClientOnJdkClientTest extends WebClientBehaviour {

    @Override
    ClientHttpConnector connector() {
        return new JdkClientHttpConnector();
    }

    @Test
    void itsOwnResponseTimeoutIsThrown() {
        JdkClientHttpConnector jdk = new JdkClientHttpConnector();
        jdk.setReadTimeout(Duration.ofMillis(50));
        assertThatThrownBy(() -> never(jdk)).hasCauseInstanceOf(HttpTimeoutException.class);
        Eventually.is("attempt closed", () -> server.abandoned() == 1);
    }

    @Test
    void whoLeavesBeforeReadingEndsTheAttemptToo() {
        AtomicBoolean headCame = new AtomicBoolean();
        Disposable unread = client.get()
                .uri("/stall")
                .exchangeToMono(response -> {
                    headCame.set(true);
                    return Mono.never();
                })
                .subscribe();
        Eventually.is("head came", headCame::get);
        unread.dispose();
        Eventually.is("attempt closed", () -> server.abandoned() == 1);
    }
}
