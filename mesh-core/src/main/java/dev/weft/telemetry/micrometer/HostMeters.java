package dev.weft.telemetry.micrometer;

import dev.weft.upstream.Host;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The meters of a cluster's hosts. Labels tell workloads apart and not instances, so that a few meters serve all hosts; made for each host
 * they would be half of what a connection to it costs. Thread-safe.
 */
final class HostMeters {
    /** A bound on memory under churn of hosts; the meters themselves are bounded by the labels and not by this. */
    private static final int MAX_HOSTS = 4_096;

    private final MeterRegistry registry;
    private final Function<Host, Tags> labels;

    // Both are written and read by every thread that finishes a call; a Host is its own key by identity.
    private final Map<Host, AnswerMeters> byHost = new ConcurrentHashMap<>();
    private final Map<Tags, AnswerMeters> byLabels = new ConcurrentHashMap<>();

    HostMeters(MeterRegistry registry, Function<Host, Tags> labels) {
        this.registry = registry;
        this.labels = labels;
    }

    AnswerMeters of(Host host) {
        AnswerMeters known = byHost.get(host);
        return known == null ? first(host) : known;
    }

    private AnswerMeters first(Host host) {
        if (byHost.size() >= MAX_HOSTS) {
            byHost.clear();
            byLabels.clear();
        }
        AnswerMeters meters = byLabels.computeIfAbsent(labels.apply(host), tags -> new AnswerMeters(registry, tags));
        byHost.put(host, meters);
        return meters;
    }
}
