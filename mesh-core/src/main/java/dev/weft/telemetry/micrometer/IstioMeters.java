package dev.weft.telemetry.micrometer;

import dev.weft.config.Cluster;
import dev.weft.identity.SpiffeId;
import dev.weft.request.GrpcContent;
import dev.weft.request.RequestHead;
import dev.weft.telemetry.MeshObserver;
import dev.weft.telemetry.Workload;
import dev.weft.upstream.Host;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code istio_requests_total} and {@code istio_request_duration_milliseconds} with Istio's labels, reported by the source
 * for outbound calls and by the destination for inbound requests. Labels that do not depend on the answer are resolved when
 * the configuration changes; the meters of an answer (code, flags) when it first occurs. Thread-safe.
 */
public final class IstioMeters implements MeshObserver {
    /** A bound on memory under churn of callers; the meters themselves are bounded by the labels and not by this. */
    private static final int MAX_CALLERS = 4_096;

    private final MeterRegistry registry;
    private final Workload local;

    // Written and read by every thread that ends a request.
    private final Map<Source, AnswerMeters> inbound = new ConcurrentHashMap<>();

    public IstioMeters(MeterRegistry registry, Workload local) {
        this.registry = registry;
        this.local = local;
    }

    @Override
    public DestinationObserver destination(Cluster cluster) {
        return new Destination(cluster);
    }

    @Override
    public InboundObserver inbound(RequestHead head) {
        return new InboundObserver() {
            @Override
            public void finished(InboundSummary summary) {
                meters(summary)
                        .record(summary.status(), summary.grpcStatus(), summary.flags(), summary.durationNanos());
            }
        };
    }

    private AnswerMeters meters(InboundSummary summary) {
        Source source = new Source(
                summary.caller().spiffeId(), GrpcContent.in(summary.head().headers()) ? "grpc" : "http");
        AnswerMeters meters = inbound.get(source);
        if (meters == null) {
            if (inbound.size() >= MAX_CALLERS) {
                inbound.clear();
            }
            meters = new AnswerMeters(registry, Labels.inbound(local, source.caller, source.protocol));
            inbound.put(source, meters);
        }
        return meters;
    }

    /** Of requests, as far as it is proved; null: not at all. */
    private record Source(@Nullable SpiffeId caller, String protocol) {}

    private final class Destination implements DestinationObserver {
        private final AnswerMeters hostless;
        private final HostMeters http;
        private final HostMeters grpc;

        Destination(Cluster cluster) {
            hostless = new AnswerMeters(registry, Labels.outbound(local, cluster, Map.of(), "http"));
            http = new HostMeters(registry, host -> labels(cluster, host, "http"));
            grpc = new HostMeters(registry, host -> labels(cluster, host, "grpc"));
        }

        private Tags labels(Cluster cluster, Host host, String protocol) {
            return Labels.outbound(local, cluster, host.endpoint().metadata(), protocol);
        }

        @Override
        public void finished(CallSummary summary) {
            meters(summary).record(summary.status(), summary.grpcStatus(), summary.flags(), summary.durationNanos());
        }

        private AnswerMeters meters(CallSummary summary) {
            Host host = summary.host();
            if (host == null) {
                return hostless;
            }
            return (GrpcContent.in(summary.head().headers()) ? grpc : http).of(host);
        }
    }
}
