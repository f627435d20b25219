package dev.weft.xds.reader;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.config.Cluster.Discovery;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.core.v3.ConfigSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code Cluster}. */
public final class ClusterReader {
    private static final KnownFields CLUSTER = KnownFields.of(Cluster.getDescriptor())
            .honours(
                    "name",
                    "type",
                    "eds_cluster_config",
                    "connect_timeout",
                    "lb_policy",
                    "load_assignment",
                    "max_requests_per_connection",
                    "circuit_breakers",
                    "upstream_http_protocol_options",
                    "common_http_protocol_options",
                    "http_protocol_options",
                    "http2_protocol_options",
                    "typed_extension_protocol_options",
                    "outlier_detection",
                    "ring_hash_lb_config",
                    "maglev_lb_config",
                    "least_request_lb_config",
                    "round_robin_lb_config",
                    "common_lb_config",
                    "transport_socket",
                    "transport_socket_matches",
                    "metadata",
                    "protocol_selection",
                    "load_balancing_policy",
                    "filters")
            // Statistics, buffers, and how an Envoy warms, binds, resolves and cleans up; the JVM resolves names.
            .skips(
                    "alt_stat_name",
                    "per_connection_buffer_limit_bytes",
                    "dns_refresh_rate",
                    "dns_jitter",
                    "dns_failure_refresh_rate",
                    "respect_dns_ttl",
                    "dns_lookup_family",
                    "wait_for_warm_on_init",
                    "cleanup_interval",
                    "close_connections_on_host_health_failure",
                    "ignore_health_on_host_removal",
                    "track_timeout_budgets",
                    "track_cluster_stats",
                    "preconnect_policy",
                    "connection_pool_per_downstream_connection",
                    "original_dst_lb_config")
            .warns("upstream_connection_options", "lrs_server", "lrs_report_endpoint_metrics", "upstream_bind_config");

    /** Envoy's, where nothing is said. */
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private static final double DEFAULT_PANIC_THRESHOLD = 50;

    /**
     * A cluster and, where it writes them itself, its endpoints.
     *
     * @param endpoints null when they come by EDS
     */
    public record WithEndpoints(
            dev.weft.config.Cluster cluster, @Nullable ClusterLoadAssignment endpoints) {}

    private ClusterReader() {}

    /** Reads a cluster. */
    public static Read<WithEndpoints> read(String name, byte[] value) {
        Problems problems = new Problems("Cluster " + name);
        try {
            Cluster found = Cluster.parseFrom(value);
            problems.checkName(name, "name", found.getName());
            return Read.of(problems, cluster(found, problems.root()));
        } catch (InvalidProtocolBufferException e) {
            problems.root().refuse(null, "a Cluster message: " + e.getMessage());
            return Read.of(problems, null);
        }
    }

    @SuppressWarnings("deprecation") // fields that newer ones replaced are still sent
    private static WithEndpoints cluster(Cluster found, Place place) {
        boolean inbound =
                found.getName().startsWith("inbound|") || found.getName().equals("InboundPassthroughCluster");
        if (inbound) {
            // Where a sidecar hands requests to its application; there is nobody to hand over to inside the
            // application.
            found = found.toBuilder().clearUpstreamBindConfig().build();
        }
        CLUSTER.check(found, place);
        for (int i = 0; i < found.getFiltersCount(); i++) {
            if (!FilterOverrides.SKIPPED.contains(found.getFilters(i).getName())) {
                place.at("filters", i).refuse(found.getFilters(i).getName(), "no network filter");
            }
        }
        Discovery discovery = discovery(found, place);
        ProtocolReader protocol = ProtocolReader.read(found, place);
        LoadBalancingReader.Policy balancing = LoadBalancingReader.read(found, place);
        TransportSocketReader sockets =
                TransportSocketReader.read(found, protocol.protocol(), protocol.autoSni(), place);
        Duration connect = found.hasConnectTimeout()
                ? Values.positive(found.getConnectTimeout(), place.at("connect_timeout"))
                : null;
        String service = found.getEdsClusterConfig().getServiceName();
        var cluster = new dev.weft.config.Cluster(
                found.getName(),
                discovery,
                discovery != Discovery.EDS || service.isEmpty() ? found.getName() : service,
                balancing.policy(),
                balancing.localityWeighted(),
                panicThreshold(found, place),
                connect == null ? DEFAULT_CONNECT_TIMEOUT : connect,
                BreakersReader.read(found.getCircuitBreakers(), place.at("circuit_breakers")),
                found.hasOutlierDetection()
                        ? OutlierReader.read(found.getOutlierDetection(), place.at("outlier_detection"))
                        : null,
                protocol.protocol(),
                protocol.maxRequestsPerConnection(),
                protocol.idleTimeout(),
                sockets.tls(),
                sockets.autoTls(),
                ServiceRefReader.read(found.getName(), found.getMetadata()));
        return new WithEndpoints(cluster, endpoints(found, discovery, place));
    }

    private static Discovery discovery(Cluster found, Place place) {
        switch (found.getType()) {
            case EDS:
                ConfigSource source = found.getEdsClusterConfig().getEdsConfig();
                if (source.hasPathConfigSource() || source.hasApiConfigSource()) {
                    place.refuse("eds_cluster_config.eds_config", source.getConfigSourceSpecifierCase(), "ads");
                }
                return Discovery.EDS;
            case STATIC:
                return Discovery.STATIC;
            case STRICT_DNS:
                return Discovery.STRICT_DNS;
            case LOGICAL_DNS:
                return Discovery.LOGICAL_DNS;
            case ORIGINAL_DST:
                return Discovery.ORIGINAL_DESTINATION;
            default:
                place.refuse("type", found.getType(), "EDS, STATIC, STRICT_DNS, LOGICAL_DNS or ORIGINAL_DST");
                return Discovery.STATIC;
        }
    }

    /** Present and empty is 0; absent is 50. */
    private static double panicThreshold(Cluster found, Place place) {
        if (!found.getCommonLbConfig().hasHealthyPanicThreshold()) {
            return DEFAULT_PANIC_THRESHOLD;
        }
        double threshold = found.getCommonLbConfig().getHealthyPanicThreshold().getValue();
        if (!(threshold >= 0 && threshold <= 100)) {
            place.refuse("common_lb_config.healthy_panic_threshold", threshold, "0 to 100");
        }
        return threshold;
    }

    private static @Nullable ClusterLoadAssignment endpoints(Cluster found, Discovery discovery, Place place) {
        if (discovery == Discovery.EDS) {
            if (found.hasLoadAssignment()) {
                place.refuse("load_assignment", null, "absent where type is EDS");
            }
            return null;
        }
        return EndpointReader.assignment(found.getLoadAssignment(), found.getName(), place.at("load_assignment"));
    }
}
