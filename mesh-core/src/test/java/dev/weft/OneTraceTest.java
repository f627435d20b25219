package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.SnapshotSource;
import dev.weft.config.Snapshots;
import dev.weft.engine.Abilities;
import dev.weft.engine.Adapter;
import dev.weft.engine.Attempt;
import dev.weft.engine.Exchange;
import dev.weft.engine.ExchangeOptions;
import dev.weft.engine.InboundExchange;
import dev.weft.request.Headers;
import dev.weft.request.Inbound;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseHead;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Two meshes in one JVM, a call from one to the other by hand: what a hop passes on to the next. */
final class OneTraceTest {
    private final ManualWorld world = World.manual();
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Mesh productpage = mesh("productpage", "reviews");
    private final Mesh reviews = mesh("reviews", "ratings");
    private final List<RequestHead> sent = new ArrayList<>();

    private Mesh mesh(String service, String destination) {
        return Mesh.builder()
                .service(service)
                .snapshots(SnapshotSource.of(Snapshots.empty()
                        .service(destination, 9080, "10.0.0.1:80")
                        .snapshot()))
                .world(world.world())
                .openTelemetry(telemetry)
                .meterRegistry(registry)
                .ignoreEnvironment()
                .start();
    }

    /** Sends one request, lets {@code server} handle it, and gives its answer to the caller. */
    private final class Wire implements Adapter {
        private final Runnable server;

        Wire(Runnable server) {
            this.server = server;
        }

        @Override
        public void send(Attempt attempt) {
            sent.add(attempt.head());
            attempt.requestSent();
            server.run();
            attempt.headers(new ResponseHead(200, Headers.EMPTY), true);
            attempt.closed(new Attempt.Closed(0, 0, true, null));
        }

        @Override
        public void cancel(Attempt attempt) {}

        @Override
        public void wakeAt(long nanos) {}

        @Override
        public void reply(LocalReply reply) {}

        @Override
        public void deliver(Attempt attempt) {}
    }

    private void call(Mesh from, String host, Headers headers, Runnable server) {
        Wire wire = new Wire(server);
        RequestHead head = new RequestHead("GET", "http", host + ":9080", "/1", headers);
        ExchangeOptions options = new ExchangeOptions(
                dev.weft.request.Hints.within(Duration.ofSeconds(1)),
                Inbound.current().deadline(),
                true);
        Exchange exchange = from.outbound().exchange(head, options, new Abilities(true, true, true, true, true), wire);
        exchange.start();
    }

    private void serve(Mesh at, RequestHead head, Runnable handler) {
        InboundExchange request = at.inbound().begin(head);
        world.advance(Duration.ofMillis(100));
        try (Inbound.Scope scope = Objects.requireNonNull(request.enter())) {
            assertThat(scope).isNotNull();
            handler.run();
        }
        request.finished(200);
    }

    private RequestHead arrived() {
        return sent.get(sent.size() - 1);
    }

    private void twoHops() {
        call(
                productpage,
                "reviews",
                Headers.of("baggage", "tenant=acme"),
                () -> serve(reviews, arrived(), () -> call(reviews, "ratings", Headers.EMPTY, () -> {})));
    }

    @Test
    void oneTraceRunsThroughBothHops() {
        twoHops();
        List<SpanData> spans = exporter.getFinishedSpanItems();
        assertThat(spans)
                .extracting(SpanData::getKind)
                .containsExactly(SpanKind.CLIENT, SpanKind.SERVER, SpanKind.CLIENT);
        SpanData toRatings = spans.get(0);
        SpanData server = spans.get(1);
        SpanData toReviews = spans.get(2);
        assertThat(spans).extracting(SpanData::getTraceId).containsOnly(toReviews.getTraceId());
        assertThat(server.getParentSpanId()).isEqualTo(toReviews.getSpanId());
        assertThat(toRatings.getParentSpanId()).isEqualTo(server.getSpanId());
    }

    @Test
    void baggageThatTheCallerWroteIsLeftAlone() {
        twoHops();
        assertThat(sent.get(0).headers().all("baggage")).containsExactly("tenant=acme");
    }

    @Test
    void whatIsLeftOfTheDeadlineTravels() {
        twoHops();
        assertThat(sent.get(0).headers().first("x-mesh-timeout-ms")).isEqualTo("1000");
        assertThat(sent.get(1).headers().first("x-mesh-timeout-ms")).isEqualTo("900");
    }

    @Test
    void bothEndsCount() {
        twoHops();
        assertThat(registry.get("istio_requests_total")
                        .tags("reporter", "source", "source_workload", "productpage", "destination_service", "reviews")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("istio_requests_total")
                        .tags("reporter", "destination", "destination_workload", "reviews")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
