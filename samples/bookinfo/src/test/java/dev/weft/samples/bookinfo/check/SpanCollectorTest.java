package dev.weft.samples.bookinfo.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanCollectorTest {
    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip"})
    void itReadsWhatOpenTelemetryExports(String compression) throws Exception {
        try (SpanCollector collector = SpanCollector.start();
                SdkTracerProvider provider = SdkTracerProvider.builder()
                        .setResource(Resource.create(io.opentelemetry.api.common.Attributes.of(
                                AttributeKey.stringKey("service.name"), "ratings")))
                        .addSpanProcessor(SimpleSpanProcessor.create(OtlpHttpSpanExporter.builder()
                                .setEndpoint(collector.endpoint() + "/v1/traces")
                                .setCompression(compression)
                                .build()))
                        .build()) {
            Span span = provider.get("test")
                    .spanBuilder("GET")
                    .setSpanKind(SpanKind.SERVER)
                    .setStartTimestamp(1_000, TimeUnit.MILLISECONDS)
                    .startSpan();
            span.end(1_025, TimeUnit.MILLISECONDS);
            provider.forceFlush().join(10, TimeUnit.SECONDS);

            assertThat(collector.of(span.getSpanContext().getTraceId()))
                    .containsExactly(new SeenSpan(
                            span.getSpanContext().getTraceId(),
                            span.getSpanContext().getSpanId(),
                            "",
                            "ratings",
                            true,
                            25));
        }
    }

    @Test
    void otherTracesAreNotMixedIn() throws Exception {
        try (SpanCollector collector = SpanCollector.start()) {
            assertThat(collector.of("0123")).isEmpty();
        }
    }
}
