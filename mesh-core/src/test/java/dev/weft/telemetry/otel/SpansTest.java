package dev.weft.telemetry.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.identity.PeerIdentity;
import dev.weft.request.GrpcContent;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.runtime.World;
import dev.weft.telemetry.Calls;
import dev.weft.telemetry.MeshObserver;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpansTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build();
    private final Spans spans =
            new Spans(sdk, head -> false, World.manual().world().ticker());

    @Test
    void eachAttemptIsAClientSpanWhoseContextTravels() {
        MeshObserver.InboundObserver inbound = spans.inbound(Calls.get("traceparent", PARENT));
        Headers.Builder first = Headers.builder();
        Headers.Builder second = Headers.builder();
        try (MeshObserver.Scope scope = inbound.enter()) {
            assertThat(Span.current().getSpanContext().getTraceId()).isEqualTo(TRACE);
            MeshObserver.CallObserver call = spans.call(Calls.get());
            call.attempt("PRIMARY", 1, Calls.host("v1"), first).finished(0, "CONNECT");
            call.attempt("RETRY", 2, Calls.host("v2"), second).finished(200, null);
            call.finished(Calls.finished(Calls.get(), Calls.host("v2"), 200, Set.of(), null));
            assertThat(scope).isNotNull();
        }
        inbound.finished(new MeshObserver.InboundSummary(
                Calls.get(), PeerIdentity.ANONYMOUS, 200, Set.of(), null, List.of(), 1));

        List<SpanData> done = exporter.getFinishedSpanItems();
        assertThat(done)
                .extracting(SpanData::getKind)
                .containsExactly(SpanKind.CLIENT, SpanKind.CLIENT, SpanKind.SERVER);
        assertThat(done).extracting(SpanData::getTraceId).containsOnly(TRACE);
        SpanData server = done.get(2);
        assertThat(done.subList(0, 2)).extracting(SpanData::getParentSpanId).containsOnly(server.getSpanId());
        assertThat(first.first("traceparent")).contains(done.get(0).getSpanId());
        assertThat(second.first("traceparent")).contains(done.get(1).getSpanId());
        assertThat(done.get(0).getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("CONNECT");
        assertThat(done.get(1).getAttributes().get(AttributeKey.longKey("http.request.resend_count")))
                .isEqualTo(1);
    }

    @Test
    void traceHeadersPassedOnByHandAreContinued() {
        Headers.Builder headers = Headers.builder();
        spans.call(Calls.get("traceparent", PARENT)).attempt("PRIMARY", 1, Calls.host("v1"), headers);
        assertThat(headers.first("traceparent")).contains(TRACE);
    }

    @Test
    void aCallWithoutAnAttemptIsStillASpan() {
        spans.call(Calls.get())
                .finished(Calls.finished(Calls.get(), null, 503, Set.of(ResponseFlag.UH), "no healthy host"));
        SpanData span = exporter.getFinishedSpanItems().get(0);
        assertThat(span.getAttributes().get(AttributeKey.stringKey("mesh.response_flags")))
                .isEqualTo("UH");
        assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("503");
    }

    @Test
    void withoutAConfiguredPropagatorTheTraceStillTravels() {
        OpenTelemetrySdk bare = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder().build())
                .build();
        Headers.Builder headers = Headers.builder();
        new Spans(bare, head -> false, World.manual().world().ticker())
                .call(Calls.get())
                .attempt("PRIMARY", 1, Calls.host("v1"), headers);
        assertThat(headers.first("traceparent")).isNotNull();
    }

    @Test
    void aGrpcRequestIsNamedByItsMethodAndFailsByItsStatus() {
        RequestHead head = new RequestHead(
                "POST", "http", "ratings", "/a.B/C", Headers.of("content-type", "application/grpc+proto"));
        spans.inbound(head)
                .finished(new MeshObserver.InboundSummary(
                        head, PeerIdentity.ANONYMOUS, 200, 13, Set.of(), null, List.of(), 1));
        SpanData span = exporter.getFinishedSpanItems().get(0);
        assertThat(span.getName()).isEqualTo("a.B/C");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getAttributes().get(AttributeKey.longKey("rpc.grpc.status_code")))
                .isEqualTo(13);
    }

    @Test
    void whereHandlersOfSomeRequestsAreTracedElsewhereTheirsAreSpansOnlyIfNoHandlerSawThem() {
        World world = World.manual().world();
        Spans others = new Spans(sdk, head -> !GrpcContent.in(head.headers()), world.ticker());
        MeshObserver.InboundObserver served = others.inbound(Calls.get("traceparent", PARENT));
        try (MeshObserver.Scope scope = served.enter()) {
            assertThat(Span.current().getSpanContext().isValid()).isFalse();
            assertThat(scope).isNotNull();
        }
        served.finished(new MeshObserver.InboundSummary(
                Calls.get(), PeerIdentity.ANONYMOUS, 500, Set.of(), null, List.of(), 1));
        assertThat(exporter.getFinishedSpanItems()).isEmpty();

        others.inbound(Calls.get("traceparent", PARENT))
                .finished(new MeshObserver.InboundSummary(
                        Calls.get(), PeerIdentity.ANONYMOUS, 403, Set.of(), "denied by policy", List.of(), 7_000_000));
        SpanData denied = exporter.getFinishedSpanItems().get(0);
        assertThat(denied.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(denied.getTraceId()).isEqualTo(TRACE);
        assertThat(denied.getStartEpochNanos()).isEqualTo((world.ticker().epochMillis() - 7) * 1_000_000);

        others.inbound(Calls.get("content-type", "application/grpc"))
                .finished(new MeshObserver.InboundSummary(
                        Calls.get(), PeerIdentity.ANONYMOUS, 200, Set.of(), null, List.of(), 1));
        assertThat(exporter.getFinishedSpanItems()).hasSize(2);
    }
}
