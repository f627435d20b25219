package dev.weft.xds.reader;

import dev.weft.config.Mirror;
import dev.weft.config.RetryPolicy;
import dev.weft.config.Rewrite;
import dev.weft.config.RouteAction;
import dev.weft.config.WeightedCluster;
import dev.weft.proto.envoy.config.core.v3.Metadata;
import dev.weft.proto.envoy.config.core.v3.RoutingPriority;
import dev.weft.proto.envoy.config.route.v3.RouteAction.MaxStreamDuration;
import dev.weft.proto.envoy.config.route.v3.RouteAction.RequestMirrorPolicy;
import dev.weft.proto.envoy.config.route.v3.RouteAction.UpgradeConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code RouteAction}: requests that go to a cluster. */
final class ForwardReader {
    private static final KnownFields ACTION = KnownFields.of(
                    dev.weft.proto.envoy.config.route.v3.RouteAction.getDescriptor())
            .honours(
                    "cluster",
                    "weighted_clusters",
                    "prefix_rewrite",
                    "regex_rewrite",
                    "host_rewrite_literal",
                    "timeout",
                    "retry_policy",
                    "hedge_policy",
                    "request_mirror_policies",
                    "priority",
                    "hash_policy",
                    "cors",
                    "max_grpc_timeout",
                    "max_stream_duration",
                    "upgrade_configs")
            // There is no early data without QUIC or TLS 1.3 tickets, which the library does not use.
            .skips("early_data_policy")
            .warns("append_x_forwarded_host", "idle_timeout");
    private static final KnownFields MIRROR = KnownFields.of(RequestMirrorPolicy.getDescriptor())
            // Weft never adds the suffix, as Istio does not; so switching it off is switching off nothing.
            .honours("cluster", "runtime_fraction", "disable_shadow_host_suffix_append")
            .warns("trace_sampled");
    private static final KnownFields STREAM_DURATION =
            KnownFields.of(MaxStreamDuration.getDescriptor()).honours("max_stream_duration", "grpc_timeout_header_max");
    private static final KnownFields UPGRADE = KnownFields.of(UpgradeConfig.getDescriptor())
            // Upgrades leave HTTP, and with it the library.
            .skips("upgrade_type", "enabled");

    /** Envoy's timeout where the route says nothing; Istio always says something. */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

    private ForwardReader() {}

    /**
     * @param ofHost the virtual host's policies, for a route that has none
     * @param outerMirrors likewise
     * @param metadata of the route
     */
    static RouteAction read(
            dev.weft.proto.envoy.config.route.v3.RouteAction found,
            HostRetries ofHost,
            List<Mirror> outerMirrors,
            Metadata metadata,
            Place place) {
        ACTION.check(found, place);
        if (found.getPriority() != RoutingPriority.DEFAULT) {
            place.refuse("priority", found.getPriority(), "DEFAULT; limits are kept for one priority");
        }
        for (int i = 0; i < found.getUpgradeConfigsCount(); i++) {
            UPGRADE.check(found.getUpgradeConfigs(i), place.at("upgrade_configs", i));
        }
        List<WeightedCluster> clusters = WeightedClustersReader.read(found, place);
        RetryPolicy retry = found.hasRetryPolicy()
                ? RetryPolicyReader.read(found.getRetryPolicy(), place.at("retry_policy"))
                : ofHost.policy();
        boolean hedges = found.hasHedgePolicy()
                ? HostRetries.hedges(found.getHedgePolicy(), place.at("hedge_policy"))
                : ofHost.hedges();
        Duration timeout = timeout(found, place);
        boolean bounded = found.hasTimeout() || found.hasMaxStreamDuration();
        List<Mirror> mirrors = mirrors(found.getRequestMirrorPoliciesList(), place);
        if (clusters.isEmpty()) {
            return new RouteAction.DirectReply(500, ""); // refused above; only the reading goes on
        }
        return new RouteAction.Forward(
                clusters,
                timeout,
                maxGrpcTimeout(found, place),
                (retry == null ? RetryPolicy.NONE : retry).withHedges(hedges),
                HashPolicyReader.read(found.getHashPolicyList(), place),
                rewrite(found, place),
                mirrors.isEmpty() ? outerMirrors : mirrors,
                WrittenReader.read(metadata, bounded ? timeout : null, retry));
    }

    static List<Mirror> mirrors(List<RequestMirrorPolicy> found, Place place) {
        List<Mirror> mirrors = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            Place at = place.at("request_mirror_policies", i);
            MIRROR.check(found.get(i), at);
            if (found.get(i).getCluster().isEmpty()) {
                at.refuse("cluster", "", "the name of a cluster");
            }
            mirrors.add(new Mirror(
                    found.get(i).getCluster(),
                    found.get(i).hasRuntimeFraction()
                            ? Values.fraction(found.get(i).getRuntimeFraction(), at.at("runtime_fraction"))
                            : dev.weft.config.Fraction.ALL));
        }
        return mirrors;
    }

    /** Presence matters: absent is 15 s, and 0 is none. A maximum stream duration bounds the call in the same way. */
    private static @Nullable Duration timeout(dev.weft.proto.envoy.config.route.v3.RouteAction found, Place place) {
        Duration timeout =
                found.hasTimeout() ? Values.duration(found.getTimeout(), place.at("timeout")) : DEFAULT_TIMEOUT;
        Duration stream = null;
        if (found.hasMaxStreamDuration()) {
            Place at = place.at("max_stream_duration");
            STREAM_DURATION.check(found.getMaxStreamDuration(), at);
            stream = Values.duration(found.getMaxStreamDuration().getMaxStreamDuration(), at.at("max_stream_duration"));
        }
        Duration a = timeout == null || timeout.isZero() ? null : timeout;
        Duration b = stream == null || stream.isZero() ? null : stream;
        return a == null ? b : b == null || a.compareTo(b) <= 0 ? a : b;
    }

    @SuppressWarnings("deprecation") // max_grpc_timeout is what istiod writes for sidecars
    private static @Nullable Duration maxGrpcTimeout(
            dev.weft.proto.envoy.config.route.v3.RouteAction found, Place place) {
        if (found.hasMaxGrpcTimeout()) {
            return Values.duration(found.getMaxGrpcTimeout(), place.at("max_grpc_timeout"));
        }
        return found.hasMaxStreamDuration() && found.getMaxStreamDuration().hasGrpcTimeoutHeaderMax()
                ? Values.duration(
                        found.getMaxStreamDuration().getGrpcTimeoutHeaderMax(),
                        place.at("max_stream_duration.grpc_timeout_header_max"))
                : null;
    }

    private static Rewrite rewrite(dev.weft.proto.envoy.config.route.v3.RouteAction found, Place place) {
        Rewrite.PathRewrite path = null;
        if (found.hasRegexRewrite()) {
            path = PathRewriteReader.regex(found.getRegexRewrite(), place.at("regex_rewrite"));
            if (!found.getPrefixRewrite().isEmpty()) {
                place.refuse("prefix_rewrite", found.getPrefixRewrite(), "absent where regex_rewrite is set");
            }
        } else if (!found.getPrefixRewrite().isEmpty()) {
            path = new Rewrite.Prefix(found.getPrefixRewrite());
        }
        String authority = found.getHostRewriteLiteral();
        return path == null && authority.isEmpty()
                ? Rewrite.NONE
                : new Rewrite(path, authority.isEmpty() ? null : authority);
    }
}
