package dev.weft.http.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.config.RetryOn;
import dev.weft.request.LocalReply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is tried again, and where. */
public interface RetryContract extends Fixture {

    @Test
    default void refusedConnectionIsRetriedOnAnotherHost() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client = bench.client(
                    reviews().retry(2, null, RetryOn.CONNECT_FAILURE).at(TestServer.nobody(), server.address()));
            for (int i = 0; i < 4; i++) {
                assertThat(client.send(Ask.post("/echo", "again")).text()).endsWith("\nagain");
            }
            bench.observer.awaitAttemptsWith("PRIMARY CONNECT", "RETRY 200");
        }
    }

    @Test
    default void refusedConnectionWithoutRetryIsAnAnswer() throws Exception {
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews().at(TestServer.nobody()));
            Got got = client.send(Ask.get("/echo"));

            assertThat(got.status()).isEqualTo(503);
            assertThat(got.header(LocalReply.FLAGS_HEADER)).isEqualTo("UF");
            assertThat(got.header(LocalReply.REASON_HEADER)).containsIgnoringCase("refused");
            got.close();
        }
    }

    @Test
    default void statusIsRetriedOnlyWhereThePolicySaysSo() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client =
                    bench.client(reviews().retry(2, null, RetryOn.SERVER_ERROR).at(server.address()));

            Got got = client.send(Ask.post("/status/503", "body"));
            assertThat(got.status()).isEqualTo(503);
            assertThat(got.text()).isEqualTo("status from v1");
            assertThat(server.requests()).hasSize(3);
            bench.observer.awaitAttempts("PRIMARY 503", "RETRY 503", "RETRY 503");

            client.send(Ask.get("/status/404")).close();
            assertThat(server.requests()).hasSize(4);
        }
    }

    @Test
    default void eachRetryTakesOnePlaceOfTheLimitAndGivesItBack() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            // One retry at a time: a second charge for the same one, or one that is never given back, would be refused.
            Subject client = bench.client(
                    reviews().maxRetries(1).retry(3, null, RetryOn.SERVER_ERROR).at(server.address()));

            for (int call = 1; call <= 2; call++) {
                client.send(Ask.post("/status/503", "body")).close();
                assertThat(server.requests()).hasSize(call * 4);
            }
        }
    }

    @Test
    default void theDefaultBudgetPaysForTenRetriesAtOnce() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client =
                    bench.client(reviews().retry(30, null, RetryOn.SERVER_ERROR).at(server.address()));
            client.send(Ask.get("/status/503")).close();

            // Paid for twice they would be five; how many more time has brought depends on the machine.
            assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(11);
        }
    }

    @Test
    default void withoutAPlaceInTheLimitNothingIsRetried() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client = bench.client(
                    reviews().maxRetries(0).retry(3, null, RetryOn.SERVER_ERROR).at(server.address()));
            Got got = client.send(Ask.get("/status/503"));

            assertThat(got.status()).isEqualTo(503);
            got.close();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    default void slowTryIsGivenUpAndRepeated() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client = bench.client(reviews()
                    .retry(1, Duration.ofMillis(100), RetryOn.SERVER_ERROR)
                    .at(server.address()));
            Got got = client.send(Ask.get("/never"));

            assertThat(got.status()).isEqualTo(504);
            got.close();
            bench.observer.awaitAttempts("PRIMARY TIMEOUT", "RETRY TIMEOUT");
            Eventually.is("both tries left", () -> server.running() == 0);
        }
    }

    @Test
    default void lostConnectionIsRetriedOnReset() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client =
                    bench.client(reviews().retry(1, null, RetryOn.RESET).at(server.address()));
            Got got = client.send(Ask.get("/close"));

            assertThat(got.status()).isEqualTo(503);
            assertThat(got.header(LocalReply.FLAGS_HEADER)).contains("UC");
            got.close();
            assertThat(server.requests()).hasSize(2);
            bench.observer.awaitAttempts("PRIMARY RESET", "RETRY RESET");
        }
    }

    @Test
    default void aBodyThatExistsOnceIsSentOnce() throws Exception {
        assumeTrue(streamsRequests());
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client =
                    bench.client(reviews().retry(2, null, RetryOn.SERVER_ERROR).at(server.address()));
            Got got = client.send(Ask.upload("/status/503", Ask.bytes("once"), true));

            assertThat(got.status()).isEqualTo(503);
            got.close();
            assertThat(server.requests()).hasSize(1);
        }
    }
}
