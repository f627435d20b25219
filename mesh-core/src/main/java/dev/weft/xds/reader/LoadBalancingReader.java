package dev.weft.xds.reader;

import com.google.protobuf.Any;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.LoadBalancingPolicy.SlowStart;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.core.v3.RuntimeDouble;
import dev.weft.proto.envoy.type.v3.Percent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code Cluster.lb_policy} with its configuration. The newer list of policies is read by {@link PolicyListReader}. */
final class LoadBalancingReader {
    private static final KnownFields COMMON = KnownFields.of(Cluster.CommonLbConfig.getDescriptor())
            .honours("healthy_panic_threshold", "locality_weighted_lb_config", "consistent_hashing_lb_config")
            // Without a local cluster Envoy does not route by zone either; updates apply at once; no active health
            // checks.
            .skips(
                    "zone_aware_lb_config",
                    "update_merge_window",
                    "ignore_new_hosts_until_first_hc",
                    "close_connections_on_host_set_change");
    private static final KnownFields HASHING = KnownFields.of(
                    Cluster.CommonLbConfig.ConsistentHashingLbConfig.getDescriptor())
            .honours("use_hostname_for_hashing");
    private static final KnownFields RING = KnownFields.of(Cluster.RingHashLbConfig.getDescriptor())
            .honours("minimum_ring_size", "hash_function", "maximum_ring_size");
    private static final KnownFields SLOW_START = KnownFields.of(Cluster.SlowStartConfig.getDescriptor())
            .honours("slow_start_window", "aggression", "min_weight_percent");

    static final long DEFAULT_RING = 1024;
    static final long LARGEST_RING = 8L * 1024 * 1024;
    static final long DEFAULT_TABLE = 65_537;
    /** Envoy's bound for Maglev tables, itself a prime. */
    static final long LARGEST_TABLE = 5_000_011;

    private LoadBalancingReader() {}

    /** @param localityWeighted localities are chosen by weight first */
    record Policy(LoadBalancingPolicy policy, boolean localityWeighted) {}

    @SuppressWarnings("deprecation") // lb_policy is what istiod writes
    static Policy read(Cluster found, Place place) {
        Cluster.CommonLbConfig common = found.getCommonLbConfig();
        COMMON.check(common, place.at("common_lb_config"));
        HASHING.check(common.getConsistentHashingLbConfig(), place.at("common_lb_config.consistent_hashing_lb_config"));
        if (found.hasLoadBalancingPolicy()) {
            return PolicyListReader.read(found.getLoadBalancingPolicy(), place.at("load_balancing_policy"));
        }
        return new Policy(byEnum(found, place), common.hasLocalityWeightedLbConfig());
    }

    @SuppressWarnings("deprecation") // as above
    private static LoadBalancingPolicy byEnum(Cluster found, Place place) {
        boolean byHostname =
                found.getCommonLbConfig().getConsistentHashingLbConfig().getUseHostnameForHashing();
        switch (found.getLbPolicy()) {
            case ROUND_ROBIN:
                return new LoadBalancingPolicy.RoundRobin(slowStart(
                        found.getRoundRobinLbConfig().hasSlowStartConfig(),
                        found.getRoundRobinLbConfig().getSlowStartConfig(),
                        place.at("round_robin_lb_config.slow_start_config")));
            case LEAST_REQUEST:
                var least = found.getLeastRequestLbConfig();
                Place at = place.at("least_request_lb_config");
                return leastRequest(
                        least.hasChoiceCount() ? least.getChoiceCount().getValue() : 2,
                        least.hasActiveRequestBias() ? least.getActiveRequestBias() : null,
                        slowStart(least.hasSlowStartConfig(), least.getSlowStartConfig(), at.at("slow_start_config")),
                        at);
            case RANDOM:
                return new LoadBalancingPolicy.Random();
            case RING_HASH:
                var ring = found.getRingHashLbConfig();
                RING.check(ring, place.at("ring_hash_lb_config"));
                if (ring.getHashFunction() != Cluster.RingHashLbConfig.HashFunction.XX_HASH) {
                    place.refuse("ring_hash_lb_config.hash_function", ring.getHashFunction(), "XX_HASH");
                }
                return ringHash(
                        ring.hasMinimumRingSize() ? ring.getMinimumRingSize().getValue() : DEFAULT_RING,
                        ring.hasMaximumRingSize() ? ring.getMaximumRingSize().getValue() : LARGEST_RING,
                        byHostname,
                        place.at("ring_hash_lb_config"));
            case MAGLEV:
                var maglev = found.getMaglevLbConfig();
                return maglev(
                        maglev.hasTableSize() ? maglev.getTableSize().getValue() : DEFAULT_TABLE,
                        byHostname,
                        place.at("maglev_lb_config"));
            case CLUSTER_PROVIDED:
                if (found.getType() != Cluster.DiscoveryType.ORIGINAL_DST) {
                    place.refuse("lb_policy", found.getLbPolicy(), "CLUSTER_PROVIDED only where type is ORIGINAL_DST");
                }
                return new LoadBalancingPolicy.RoundRobin(null);
            default:
                place.refuse(
                        "lb_policy",
                        found.getLbPolicy(),
                        "ROUND_ROBIN, LEAST_REQUEST, RANDOM, RING_HASH, MAGLEV, or a load_balancing_policy");
                return new LoadBalancingPolicy.RoundRobin(null);
        }
    }

    static LoadBalancingPolicy leastRequest(
            int choices, @Nullable RuntimeDouble bias, @Nullable SlowStart slowStart, Place place) {
        if (choices < 2) {
            place.refuse("choice_count", Integer.toUnsignedString(choices), "2 to 2147483647");
            choices = 2;
        }
        double exponent = bias == null ? 1.0 : bias.getDefaultValue();
        if (!(exponent >= 0)) {
            place.refuse("active_request_bias.default_value", exponent, "0 or more");
            exponent = 1.0;
        }
        return new LoadBalancingPolicy.LeastRequest(choices, exponent, slowStart);
    }

    static LoadBalancingPolicy ringHash(long minimum, long maximum, boolean byHostname, Place place) {
        if (minimum < 0 || minimum > LARGEST_RING) {
            place.refuse("minimum_ring_size", Long.toUnsignedString(minimum), "at most " + LARGEST_RING);
        }
        if (maximum < minimum || maximum > LARGEST_RING) {
            place.refuse(
                    "maximum_ring_size",
                    Long.toUnsignedString(maximum),
                    "at least minimum_ring_size, and at most " + LARGEST_RING);
        }
        return new LoadBalancingPolicy.RingHash(minimum, maximum, byHostname);
    }

    static LoadBalancingPolicy maglev(long size, boolean byHostname, Place place) {
        if (size < 2 || size > LARGEST_TABLE || !isPrime(size)) {
            place.refuse("table_size", Long.toUnsignedString(size), "a prime of at most " + LARGEST_TABLE);
            size = DEFAULT_TABLE;
        }
        return new LoadBalancingPolicy.Maglev((int) size, byHostname);
    }

    private static boolean isPrime(long n) {
        for (long i = 2; i * i <= n; i++) {
            if (n % i == 0) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable SlowStart slowStart(boolean said, Cluster.SlowStartConfig found, Place place) {
        if (!said) {
            return null;
        }
        SLOW_START.check(found, place);
        return slowStart(
                found.getSlowStartWindow(),
                found.hasAggression() ? found.getAggression() : null,
                found.hasMinWeightPercent() ? found.getMinWeightPercent() : null,
                place);
    }

    static @Nullable SlowStart slowStart(
            com.google.protobuf.Duration window,
            @Nullable RuntimeDouble aggression,
            @Nullable Percent minimum,
            Place place) {
        Duration time = Values.positive(window, place.at("slow_start_window"));
        double exponent = aggression == null ? 1.0 : aggression.getDefaultValue();
        double percent = minimum == null ? 10.0 : minimum.getValue();
        if (!(percent >= 0 && percent <= 100)) {
            place.refuse("min_weight_percent", percent, "0 to 100");
        }
        // Envoy takes an aggression that is not above zero for 1.
        return time == null ? null : new SlowStart(time, exponent > 0 ? exponent : 1.0, percent);
    }

    static boolean isRandom(Any config) {
        return config.getTypeUrl().endsWith("envoy.extensions.load_balancing_policies.random.v3.Random");
    }
}
