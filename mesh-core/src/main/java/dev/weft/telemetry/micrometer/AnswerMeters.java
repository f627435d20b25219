package dev.weft.telemetry.micrometer;

import dev.weft.request.ResponseFlag;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The counter and the histogram for each kind of answer under one set of labels. A registry look-up with two dozen tags costs
 * microseconds, so each is made once: plain answers live in an array by status, the rest in a map.
 */
final class AnswerMeters {
    /** Envoy's histogram buckets, in milliseconds. */
    private static final double[] BUCKETS = {
        0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000,
        3_600_000
    };

    private static final int STATUSES = 600;

    private final MeterRegistry registry;
    private final Tags labels;
    private final AtomicReferenceArray<@Nullable Pair> plain = new AtomicReferenceArray<>(STATUSES);
    private final Map<Key, Pair> flagged = new ConcurrentHashMap<>();

    AnswerMeters(MeterRegistry registry, Tags labels) {
        this.registry = registry;
        this.labels = labels;
    }

    void record(int status, @Nullable Integer grpcStatus, Set<ResponseFlag> flags, long durationNanos) {
        Pair pair = pair(status, grpcStatus, flags);
        pair.requests.increment();
        pair.duration.record(durationNanos / 1e6);
    }

    private Pair pair(int status, @Nullable Integer grpcStatus, Set<ResponseFlag> flags) {
        if (grpcStatus != null || !flags.isEmpty() || status < 0 || status >= STATUSES) {
            return flagged.computeIfAbsent(new Key(status, grpcStatus, Set.copyOf(flags)), this::make);
        }
        Pair known = plain.get(status);
        if (known == null) {
            // Two threads may both make it; the registry gives both the same meters.
            known = make(new Key(status, null, Set.of()));
            plain.set(status, known);
        }
        return known;
    }

    private Pair make(Key key) {
        String flags = key.flags.isEmpty()
                ? "-"
                : key.flags.stream().sorted().map(Enum::name).collect(Collectors.joining(","));
        Tags tags = labels.and(
                "response_code",
                String.valueOf(key.status),
                "grpc_response_status",
                key.grpcStatus == null ? "" : String.valueOf(key.grpcStatus),
                "response_flags",
                flags);
        return new Pair(
                Counter.builder("istio_requests_total")
                        .description("Requests, by source, destination and answer")
                        .tags(tags)
                        .register(registry),
                DistributionSummary.builder("istio_request_duration_milliseconds")
                        .description("Duration of requests in milliseconds")
                        .tags(tags)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry));
    }

    private record Key(int status, @Nullable Integer grpcStatus, Set<ResponseFlag> flags) {}

    private record Pair(Counter requests, DistributionSummary duration) {}
}
