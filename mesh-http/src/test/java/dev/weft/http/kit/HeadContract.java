package dev.weft.http.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.HeaderOps;
import dev.weft.config.RetryOn;
import dev.weft.request.Deadline;
import dev.weft.request.Inbound;
import dev.weft.request.LocalReply;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is sent and what comes back besides bodies. */
public interface HeadContract extends Fixture {

    @Test
    default void logicalHostIsKept() throws Exception {
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews().at(bench.server("v1").address()));
            Got got = client.send(Ask.get("/echo?a=b%20c").header("End-User", "jason"));

            assertThat(got.status()).isEqualTo(200);
            assertThat(got.http2()).isEqualTo(showsProtocol() && http2());
            assertThat(got.text())
                    .startsWith("GET /echo?a=b%20c\n")
                    .contains("host: reviews:9080\n")
                    .contains("end-user: jason\n");
        }
    }

    @Test
    default void theServerNameIsTheClustersAndTheHostTheCallers() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client = bench.client(reviews().at(server.address()));

            assertThat(client.send(Ask.get("/echo")).text()).contains("host: reviews:9080\n");
            assertThat(server.serverNames())
                    .isEqualTo(
                            encrypted() ? List.of("outbound_.9080_._.reviews.default.svc.cluster.local") : List.of());
        }
    }

    @Test
    default void methodsAndBodilessAnswersWork() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client = bench.client(reviews().at(server.address()));
            for (String method : List.of("GET", "DELETE", "OPTIONS", "PATCH", "PUT", "POST")) {
                assertThat(client.send(Ask.get("/echo").method(method)).text()).startsWith(method + " /echo\n");
            }
            Got head = client.send(Ask.get("/status/200").method("HEAD"));
            assertThat(head.header("content-length")).isEqualTo("14");
            assertThat(head.text()).isEmpty();
            assertThat(client.send(Ask.get("/status/204")).text()).isEmpty();
            assertThat(client.send(Ask.get("/status/304")).status()).isEqualTo(304);
            assertThat(client.send(Ask.get("/echo")).status()).isEqualTo(200);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    default void interimResponsesAreNotShown() throws Exception {
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews().at(bench.server("v1").address()));
            Got got = client.send(Ask.get("/interim"));

            assertThat(got.status()).isEqualTo(200);
            assertThat(got.text()).isEqualTo("after interim");
        }
    }

    @Test
    default void hopByHopFieldsStayBetweenNeighbours() throws Exception {
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews().at(bench.server("v1").address()));
            Got got = client.send(Ask.get("/last"));

            assertThat(got.header("connection")).isNull();
            assertThat(got.text()).isEqualTo("last");
        }
    }

    @Test
    default void manyFieldsArrive() throws Exception {
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews().at(bench.server("v1").address()));
            Ask ask = Ask.get("/fields/500");
            for (int i = 0; i < 50; i++) {
                ask = ask.header("x-mine-" + i, "v".repeat(100));
            }
            Got got = client.send(ask);

            assertThat(got.header("x-field-998")).isEqualTo("value 998");
            got.close();
        }
    }

    @Test
    default void routeChangesHeadersBothWays() throws Exception {
        try (Bench bench = bench()) {
            HeaderOps request = new HeaderOps(
                    List.of(new HeaderOps.Setting("x-added", "by route", HeaderOps.Action.APPEND)),
                    List.of("end-user"));
            HeaderOps response = new HeaderOps(
                    List.of(new HeaderOps.Setting("x-version", "v1", HeaderOps.Action.OVERWRITE)), List.of("x-server"));
            Subject client = bench.client(reviews()
                    .requestHeaders(request)
                    .responseHeaders(response)
                    .at(bench.server("v1").address()));
            Got got = client.send(Ask.get("/echo").header("end-user", "jason"));

            assertThat(got.header("x-version")).isEqualTo("v1");
            assertThat(got.header("x-server")).isNull();
            assertThat(got.text()).contains("x-added: by route\n").doesNotContain("jason");
        }
    }

    @Test
    default void localRepliesAreResponses() throws Exception {
        try (Bench bench = bench()) {
            Subject client =
                    bench.client(reviews().abort(555).at(bench.server("v1").address()));
            Got got = client.send(Ask.get("/echo"));

            assertThat(got.status()).isEqualTo(555);
            assertThat(got.header(LocalReply.FLAGS_HEADER)).isEqualTo("FI");
            assertThat(got.header(LocalReply.REASON_HEADER)).contains("to-reviews");
            assertThat(got.text()).isEqualTo("fault filter abort");
        }
    }

    @Test
    default void aServerCannotPretendToBeTheMesh() throws Exception {
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews().at(bench.server("v1").address()));
            Got got = client.send(Ask.get("/trailers"));

            assertThat(got.header(LocalReply.FLAGS_HEADER)).isNull();
            assertThat(got.text()).isEqualTo("body");
            bench.observer.awaitCalls(1);
            assertThat(bench.observer.calls.get(0).grpcStatus()).isEqualTo(7);
        }
    }

    @Test
    default void traceAndReportsFollowEachAttempt() throws Exception {
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews().at(bench.server("v1").address()));
            assertThat(client.send(Ask.post("/echo", "12345")).text()).contains("traceparent: attempt-1\n");

            bench.observer.awaitAttempts("PRIMARY 200");
            bench.observer.awaitCalls(1);
            assertThat(bench.observer.calls).first().satisfies(call -> {
                assertThat(call.status()).isEqualTo(200);
                assertThat(call.bytesSent()).isEqualTo(5);
                assertThat(call.bytesReceived()).isGreaterThan(50);
            });
        }
    }

    @Test
    default void aCallCountsOnceAndEachAttemptIsASpanOfTheCallersTrace() throws Exception {
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews()
                    .retry(1, null, RetryOn.SERVER_ERROR)
                    .at(bench.server("v1").address()));
            SpanContext callers = SpanContext.create(
                    "0af7651916cd43dd8448eb211c80319c",
                    "b7ad6b7169203331",
                    TraceFlags.getSampled(),
                    TraceState.getDefault());
            try (Scope scope = Span.wrap(callers).makeCurrent()) {
                client.send(Ask.get("/status/503")).close();
            }

            Eventually.is("two spans", () -> bench.spans.getFinishedSpanItems().size() == 2);
            Eventually.is("one call is counted", () -> Counts.of(bench.meters, "istio_requests_total") == 1);
            assertThat(bench.spans.getFinishedSpanItems()).allSatisfy(span -> {
                assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
                assertThat(span.getParentSpanContext().getSpanId()).isEqualTo(callers.getSpanId());
                assertThat(span.getTraceId()).isEqualTo(callers.getTraceId());
            });
            assertThat(bench.meters.find("istio_requests_total").counters())
                    .singleElement()
                    .satisfies(counter -> {
                        assertThat(counter.count()).isEqualTo(1);
                        assertThat(counter.getId().getTag("response_code")).isEqualTo("503");
                        assertThat(counter.getId().getTag("reporter")).isEqualTo("source");
                    });
        }
    }

    @Test
    default void anInheritedDeadlineTravelsOn() throws Exception {
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews().at(bench.server("v1").address()));
            Deadline deadline = Deadline.after(
                    bench.mesh().world().ticker().nanoTime(),
                    Duration.ofSeconds(20).toNanos());
            String echo;
            try (Inbound.Scope scope = new Inbound(deadline).open()) {
                echo = client.send(Ask.get("/echo")).text();
            }
            assertThat(echo).containsPattern("x-mesh-timeout-ms: 1\\d{4}\n");
        }
    }
}
