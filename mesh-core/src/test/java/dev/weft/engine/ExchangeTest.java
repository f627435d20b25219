package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Snapshots;
import org.junit.jupiter.api.Test;

/** A call that goes well, and the answers of routing. */
final class ExchangeTest {
    private final Calls calls =
            new Calls(Snapshots.empty().service("reviews", 9080, "10.0.0.1:80").snapshot());

    @Test
    void sendsDeliversAndReportsOnce() {
        FakeAdapter call = calls.get("http://reviews:9080/1");
        call.answer(200, "content-type", "text/plain", "x-mesh-flags", "UH");

        assertThat(call.commands).containsExactly("send 1 to 10.0.0.1:80", "deliver 1 with 200");
        assertThat(call.last().responseHead().headers().first("content-type")).isEqualTo("text/plain");
        assertThat(call.last().responseHead().headers().first("x-mesh-flags")).isNull();
        assertThat(call.last().host().active()).isZero();
        assertThat(calls.observer.calls).hasSize(1).first().satisfies(summary -> {
            assertThat(summary.status()).isEqualTo(200);
            assertThat(summary.attempts()).isEqualTo(1);
            assertThat(summary.bytesReceived()).isEqualTo(10);
        });
        assertThat(calls.observer.destinations).isEqualTo(calls.observer.calls);
        assertThat(calls.observer.attempts).containsExactly("PRIMARY 1 200");
    }

    @Test
    void anAdapterMayReportFromWithinSend() {
        FakeAdapter call = calls.get("http://reviews:9080/1", ExchangeOptions.NONE);
        call.onSend = attempt -> FakeAdapter.answer(attempt, 204);
        Calls.begin(call);

        assertThat(call.commands).containsExactly("send 1 to 10.0.0.1:80", "deliver 1 with 204");
        assertThat(calls.observer.calls).hasSize(1);
    }

    @Test
    void whatTheRouterAnswersIsReplied() {
        FakeAdapter call = calls.get("http://unknown:9080/1");

        assertThat(call.commands).containsExactly("reply 404 NR");
        assertThat(calls.observer.calls.get(0).status()).isEqualTo(404);
    }

    @Test
    void headersOfTheMeshAreStrippedAndWritten() {
        FakeAdapter call = calls.get(
                "http://reviews:9080/1", "x-envoy-max-retries", "9", "X-Mesh-Timeout-Ms", "1", "x-mesh-reason", "no");

        assertThat(call.last().head().headers().first("x-envoy-max-retries")).isNull();
        assertThat(call.last().head().headers().first("x-mesh-timeout-ms")).isNull();
        assertThat(call.last().head().headers().first("x-mesh-reason")).isNull();
        assertThat(call.last().head().headers().first("x-envoy-attempt-count")).isEqualTo("1");
        assertThat(call.last().head().headers().first("x-request-id")).hasSize(36);
        assertThat(call.last().head().headers().first("traceparent")).isEqualTo("span-1");
    }

    @Test
    void aCallersRequestIdStays() {
        FakeAdapter call = calls.get("http://reviews:9080/1", "x-request-id", "mine");

        assertThat(call.last().head().headers().all("x-request-id")).containsExactly("mine");
    }

    @Test
    void theRequestIdThatWasSentIsReported() {
        FakeAdapter call = calls.get("http://reviews:9080/1");
        call.answer(200);

        assertThat(calls.observer.calls.get(0).requestId())
                .isEqualTo(call.last().head().headers().first("x-request-id"))
                .isNotNull();
    }
}
