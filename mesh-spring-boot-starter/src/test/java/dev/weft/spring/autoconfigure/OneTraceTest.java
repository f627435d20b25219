package dev.weft.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Counts;
import dev.weft.http.kit.Eventually;
import dev.weft.spring.MeshBuilderCustomizer;
import dev.weft.spring.client.MeshRestClientAutoConfiguration;
import dev.weft.spring.server.MeshInboundAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientObservationAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** With Boot's tracing: who makes which span and which meter. */
class OneTraceTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private static final List<SpanData> DONE = new CopyOnWriteArrayList<>();

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        HttpMessageConvertersAutoConfiguration.class,
        HttpClientAutoConfiguration.class,
        ImperativeHttpClientAutoConfiguration.class,
        RestClientAutoConfiguration.class,
        RestClientObservationAutoConfiguration.class,
        MeshRestClientAutoConfiguration.class,
        MeshInboundAutoConfiguration.class,
        MetricsAutoConfiguration.class,
        CompositeMeterRegistryAutoConfiguration.class,
        SimpleMetricsExportAutoConfiguration.class,
        ObservationAutoConfiguration.class,
        WebMvcObservationAutoConfiguration.class,
        OpenTelemetrySdkAutoConfiguration.class,
        OpenTelemetryTracingAutoConfiguration.class,
        MicrometerTracingAutoConfiguration.class
    })
    static class Traced {

        @Bean
        Downstream downstream() throws IOException {
            return new Downstream();
        }

        @Bean
        MeshBuilderCustomizer ratings(Downstream downstream) {
            return builder -> builder.snapshots(SnapshotSource.of(downstream.snapshot()));
        }

        @Bean
        SpanProcessor finishedSpans() {
            return SimpleSpanProcessor.create(new SpanExporter() {
                @Override
                public CompletableResultCode export(Collection<SpanData> spans) {
                    DONE.addAll(spans);
                    return CompletableResultCode.ofSuccess();
                }

                @Override
                public CompletableResultCode flush() {
                    return CompletableResultCode.ofSuccess();
                }

                @Override
                public CompletableResultCode shutdown() {
                    return CompletableResultCode.ofSuccess();
                }
            });
        }

        @Bean
        Page page(RestClient.Builder builder) {
            return new Page(builder.baseUrl("http://ratings").build());
        }
    }

    @RestController
    static class Page {
        private final RestClient ratings;

        Page(RestClient ratings) {
            this.ratings = ratings;
        }

        @GetMapping("/page")
        int page() {
            return ratings.get()
                    .uri("/1")
                    .retrieve()
                    .toBodilessEntity()
                    .getStatusCode()
                    .value();
        }
    }

    private static List<SpanData> of(SpanKind kind, String library) {
        return DONE.stream()
                .filter(span -> span.getKind() == kind
                        && span.getInstrumentationScopeInfo().getName().equals("dev.weft")
                                == library.equals("dev.weft"))
                .toList();
    }

    @Test
    void oneServerSpanAndOneClientSpanAreBootsAndAttemptsAreOursBelowIt() throws Exception {
        try (ConfigurableApplicationContext context = App.run(
                Traced.class,
                "management.tracing.sampling.probability=1.0",
                // Meshes of other tests in this JVM count there.
                "management.metrics.use-global-registry=false")) {
            int port = ((WebServerApplicationContext) context).getWebServer().getPort();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/page"))
                    .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                    .build();
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("200");
            Eventually.is("four spans", () -> DONE.size() >= 4);

            assertThat(DONE).extracting(SpanData::getTraceId).containsOnly(TRACE);
            assertThat(of(SpanKind.SERVER, "dev.weft")).isEmpty();
            SpanData server = of(SpanKind.SERVER, "boot").get(0);
            List<SpanData> logical = of(SpanKind.CLIENT, "boot");
            List<SpanData> attempts = of(SpanKind.CLIENT, "dev.weft");
            assertThat(logical).extracting(SpanData::getParentSpanId).containsExactly(server.getSpanId());
            assertThat(attempts)
                    .extracting(SpanData::getParentSpanId)
                    .containsExactly(logical.get(0).getSpanId(), logical.get(0).getSpanId());
            assertThat(DONE).hasSize(4);

            Downstream downstream = context.getBean(Downstream.class);
            assertThat(downstream.traceparents)
                    .containsExactly(
                            "00-" + TRACE + "-" + attempts.get(0).getSpanId() + "-01",
                            "00-" + TRACE + "-" + attempts.get(1).getSpanId() + "-01");

            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("http.client.requests").timers()).hasSize(1);
            Eventually.is("one call is counted", () -> Counts.of(registry, "istio_requests_total") >= 1);
            assertThat(registry.get("istio_requests_total")
                            .tag("reporter", "source")
                            .counters())
                    .singleElement()
                    .satisfies(calls -> assertThat(calls.count()).isEqualTo(1));
        }
    }
}
