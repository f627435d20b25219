package dev.weft.http.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.request.LocalReply;
import dev.weft.request.ResponseFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What ends a call early. */
public interface TimeContract extends Fixture {

    @Test
    default void routeTimeoutIsAnAnswer() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client =
                    bench.client(reviews().timeout(Duration.ofMillis(100)).at(server.address()));
            Got got = client.send(Ask.get("/never"));

            assertThat(got.status()).isEqualTo(504);
            assertThat(got.header(LocalReply.FLAGS_HEADER)).isEqualTo("UT");
            assertThat(got.text()).isEqualTo("upstream request timeout");
            // Nobody is there any more, whether or not the request had arrived when time was over.
            Eventually.is(
                    "attempt closed at the server",
                    () -> server.running() == 0
                            && server.abandoned() == server.requests().size());
        }
    }

    @Test
    default void aStalledBodyEndsWithTheRouteTimeout() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            // Long enough for the head to come on a busy machine: without it this would be a 504.
            Subject client =
                    bench.client(reviews().timeout(Duration.ofSeconds(1)).at(server.address()));

            assertThatThrownBy(() -> client.send(Ask.get("/stall")).text())
                    .isInstanceOfAny(IOException.class, UncheckedIOException.class);
            Eventually.is("attempt closed at the server", () -> server.abandoned() == 1);
        }
    }

    @Test
    default void aBodyThatBreaksOffIsAnError() throws Exception {
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews().at(bench.server("v1").address()));

            assertThatThrownBy(() -> client.send(Ask.get("/break")).text())
                    .isInstanceOfAny(IOException.class, UncheckedIOException.class);
            Eventually.is("books closed", () -> bench.observer.calls.size() == 1);
        }
    }

    @Test
    default void cancellingClosesTheAttempt() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client = bench.client(reviews().at(server.address()));
            CompletableFuture<Got> future = client.begin(Ask.get("/never"));
            Eventually.is("request arrived", () -> server.requests().size() == 1);

            future.cancel(true);

            Eventually.is("attempt closed at the server", () -> server.abandoned() == 1);
            Eventually.is("books closed", () -> bench.observer.calls.size() == 1);
            assertThat(bench.observer.calls.get(0).status()).isZero();
        }
    }

    @Test
    default void aDelayIsWaitedForAndReported() throws Exception {
        try (Bench bench = bench()) {
            Duration delay = Duration.ofMillis(20);
            Subject client =
                    bench.client(reviews().delay(delay).at(bench.server("v1").address()));

            assertThat(client.send(Ask.get("/echo")).text()).startsWith("GET /echo");
            Eventually.is("books closed", () -> bench.observer.calls.size() == 1);
            assertThat(bench.observer.calls.get(0).flags()).contains(ResponseFlag.DI);
            assertThat(bench.observer.calls.get(0).durationNanos()).isGreaterThanOrEqualTo(delay.toNanos());
            assertThat(bench.observer.attempts).containsExactly("PRIMARY 200");
        }
    }

    @Test
    default void aDelayedCallCanBeGivenUp() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client = bench.client(reviews().delay(Duration.ofHours(1)).at(server.address()));
            CompletableFuture<Got> future = client.begin(Ask.get("/echo"));
            Eventually.is("call has begun", () -> bench.observer.begun.get() == 1);

            future.cancel(true);

            Eventually.is("books closed", () -> bench.observer.calls.size() == 1);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    default void closingAResponseEarlyClosesTheAttempt() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client = bench.client(reviews().at(server.address()));
            Got got = client.send(Ask.get("/stream/100000000"));
            assertThat(got.body().read()).isZero();

            got.close();

            Eventually.is("attempt closed at the server", () -> server.abandoned() == 1);
        }
    }
}
