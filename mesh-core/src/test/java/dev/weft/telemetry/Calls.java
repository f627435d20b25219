package dev.weft.telemetry;

import dev.weft.config.Cluster;
import dev.weft.config.Endpoint;
import dev.weft.config.Snapshots;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.upstream.Host;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finished calls for the observers' tests. */
public final class Calls {
    public static final Cluster CLUSTER = Snapshots.cluster("reviews");

    private Calls() {}

    public static RequestHead get(String... headers) {
        return new RequestHead("GET", "http", "reviews:9080", "/reviews/0?x=1", Headers.of(headers));
    }

    public static Host host(String version) {
        return new Host(
                "reviews",
                new Endpoint(
                        "127.0.0.1",
                        4711,
                        Endpoint.Health.HEALTHY,
                        1,
                        "",
                        Map.of("label:app", "reviews", "label:version", version, "workload", "reviews-" + version)));
    }

    public static MeshObserver.CallSummary finished(
            RequestHead head, @Nullable Host host, int status, Set<ResponseFlag> flags, @Nullable String reason) {
        return new MeshObserver.CallSummary(
                head,
                CLUSTER,
                host,
                "default",
                status,
                null,
                head.headers().first("x-request-id"),
                flags,
                reason,
                1,
                12_300_000,
                0,
                42);
    }
}
