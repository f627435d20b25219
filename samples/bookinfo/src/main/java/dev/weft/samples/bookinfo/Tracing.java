package dev.weft.samples.bookinfo;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;

/** Spans go to the collector that OpenTelemetry's usual variable names, over OTLP/HTTP. Without it there are none. */
public final class Tracing {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private Tracing() {}

    public static OpenTelemetry fromEnvironment(String service, String instance) {
        String endpoint = System.getenv(ENDPOINT);
        if (endpoint == null || endpoint.isBlank()) {
            // Still hands on what callers send, so that a trace does not end at a service without an exporter.
            return OpenTelemetry.propagating(ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        }
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.replaceAll("/+$", "") + "/v1/traces")
                .build();
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().toBuilder()
                        .put(AttributeKey.stringKey("service.name"), service)
                        .put(AttributeKey.stringKey("service.instance.id"), instance)
                        .build())
                // Whoever starts a trace decides: a caller that says "not sampled" is obeyed by all behind it.
                .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(Duration.ofMillis(500))
                        .build())
                .build();
        return OpenTelemetrySdk.builder()
                .setTracerProvider(provider)
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
    }
}
