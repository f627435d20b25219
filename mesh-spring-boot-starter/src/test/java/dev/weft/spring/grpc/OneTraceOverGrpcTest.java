package dev.weft.spring.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.TlsMode;
import dev.weft.http.kit.Eventually;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientObservationAutoConfiguration;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerObservationAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/** With Boot's tracing: who makes which span. */
class OneTraceOverGrpcTest {
    private static final List<SpanData> DONE = new CopyOnWriteArrayList<>();

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ObservationAutoConfiguration.class,
        GrpcClientObservationAutoConfiguration.class,
        GrpcServerObservationAutoConfiguration.class,
        OpenTelemetrySdkAutoConfiguration.class,
        OpenTelemetryTracingAutoConfiguration.class,
        MicrometerTracingAutoConfiguration.class
    })
    static class Traced {

        @Bean
        SpanProcessor finishedSpans() {
            return new SpanProcessor() {
                @Override
                public void onStart(Context parent, ReadWriteSpan span) {}

                @Override
                public boolean isStartRequired() {
                    return false;
                }

                @Override
                public void onEnd(ReadableSpan span) {
                    DONE.add(span.toSpanData());
                }

                @Override
                public boolean isEndRequired() {
                    return true;
                }
            };
        }
    }

    @Test
    void callAndRequestAreBootsAndTheAttemptBetweenThemIsOurs() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Echo.class, Traced.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(Echo.SETTINGS)
                .properties("management.tracing.sampling.probability=1.0")
                .run()) {
            int port = context.getBean(GrpcServerLifecycle.class).getPort();
            Echo.CONFIGURATION.set(Echo.snapshot(TlsMode.STRICT, Echo.address(port)));

            context.getBean(EchoGrpc.EchoBlockingStub.class).say("hello");
            Eventually.is("three spans", () -> DONE.size() >= 3);

            SpanData call = only(SpanKind.CLIENT, false);
            SpanData attempt = only(SpanKind.CLIENT, true);
            SpanData request = only(SpanKind.SERVER, false);
            assertThat(attempt.getParentSpanId()).isEqualTo(call.getSpanId());
            assertThat(request.getParentSpanId()).isEqualTo(attempt.getSpanId());
            assertThat(DONE).hasSize(3);
        }
    }

    private static SpanData only(SpanKind kind, boolean ours) {
        List<SpanData> found = DONE.stream()
                .filter(span -> span.getKind() == kind
                        && span.getInstrumentationScopeInfo().getName().equals("dev.weft") == ours)
                .toList();
        assertThat(found).as(kind + " in " + DONE).hasSize(1);
        return found.get(0);
    }
}
