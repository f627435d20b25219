package dev.weft.http.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

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
            Subject client =
                    bench.client(reviews().timeout(Duration.ofMillis(200)).at(server.address()));

            Throwable failure = null;
            while (failure == null) {
                // On a busy machine not even the head may come in time: that is an answer, and asked once more.
                failure = catchThrowable(
                        () -> assertThat(client.send(Ask.get("/stall")).text()).isEqualTo("upstream request timeout"));
            }
            assertThat(failure).isInstanceOfAny(IOException.class, UncheckedIOException.class);
            Eventually.is(
                    "attempts closed at the server",
                    () -> server.running() == 0
                            && server.abandoned() == server.requests().size());
        }
    }

    @Test
    default void aBodyThatBreaksOffIsAnError() throws Exception {
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews().at(bench.server("v1").address()));

            assertThatThrownBy(() -> client.send(Ask.get("/break")).text())
                    .isInstanceOfAny(IOException.class, UncheckedIOException.class);
            bench.observer.awaitCalls(1);
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
            bench.observer.awaitCalls(1);
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
            bench.observer.awaitCalls(1);
            assertThat(bench.observer.calls.get(0).flags()).contains(ResponseFlag.DI);
            assertThat(bench.observer.calls.get(0).durationNanos()).isGreaterThanOrEqualTo(delay.toNanos());
            bench.observer.awaitAttempts("PRIMARY 200");
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

            bench.observer.awaitCalls(1);
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
