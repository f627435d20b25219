package dev.weft.xds.reader;

import com.google.protobuf.Any;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.LoadBalancingPolicy.SlowStart;
import dev.weft.proto.envoy.config.cluster.v3.LoadBalancingPolicy.Policy;
import dev.weft.proto.envoy.config.core.v3.TypedExtensionConfig;
import dev.weft.proto.envoy.extensions.load_balancing_policies.common.v3.LocalityLbConfig;
import dev.weft.proto.envoy.extensions.load_balancing_policies.common.v3.SlowStartConfig;
import dev.weft.proto.envoy.extensions.load_balancing_policies.least_request.v3.LeastRequest;
import dev.weft.proto.envoy.extensions.load_balancing_policies.maglev.v3.Maglev;
import dev.weft.proto.envoy.extensions.load_balancing_policies.ring_hash.v3.RingHash;
import dev.weft.proto.envoy.extensions.load_balancing_policies.round_robin.v3.RoundRobin;
import dev.weft.proto.envoy.extensions.load_balancing_policies.wrr_locality.v3.WrrLocality;
import org.jspecify.annotations.Nullable;

/** {@code load_balancing_policy}: the first policy of the list that is understood is taken. */
final class PolicyListReader {
    private static final KnownFields LEAST = KnownFields.of(LeastRequest.getDescriptor())
            .honours("choice_count", "active_request_bias", "slow_start_config", "locality_lb_config");
    private static final KnownFields ROUND =
            KnownFields.of(RoundRobin.getDescriptor()).honours("slow_start_config", "locality_lb_config");
    private static final KnownFields RING = KnownFields.of(RingHash.getDescriptor())
            .honours(
                    "hash_function",
                    "minimum_ring_size",
                    "maximum_ring_size",
                    "use_hostname_for_hashing",
                    "consistent_hashing_lb_config",
                    "locality_weighted_lb_config");
    private static final KnownFields MAGLEV = KnownFields.of(Maglev.getDescriptor())
            .honours("table_size", "consistent_hashing_lb_config", "locality_weighted_lb_config");
    private static final KnownFields HASHING = KnownFields.of(
                    dev.weft.proto.envoy.extensions.load_balancing_policies.common.v3.ConsistentHashingLbConfig
                            .getDescriptor())
            .honours("use_hostname_for_hashing");
    private static final KnownFields LOCALITY = KnownFields.of(LocalityLbConfig.getDescriptor())
            .honours("locality_weighted_lb_config")
            .skips("zone_aware_lb_config");

    private PolicyListReader() {}

    static LoadBalancingReader.Policy read(
            dev.weft.proto.envoy.config.cluster.v3.LoadBalancingPolicy found, Place place) {
        for (int i = 0; i < found.getPoliciesCount(); i++) {
            Policy policy = found.getPolicies(i);
            TypedExtensionConfig config = policy.getTypedExtensionConfig();
            LoadBalancingReader.Policy read =
                    one(config.getTypedConfig(), place.at("policies", i).at("typed_extension_config.typed_config"));
            if (read != null) {
                return read;
            }
        }
        place.refuse("policies", null, "one of round_robin, least_request, random, ring_hash, maglev, wrr_locality");
        return new LoadBalancingReader.Policy(new LoadBalancingPolicy.RoundRobin(null), false);
    }

    private static LoadBalancingReader.@Nullable Policy one(Any config, Place place) {
        if (config.is(LeastRequest.class)) {
            LeastRequest found = Values.unpack(config, LeastRequest.class, place);
            return found == null ? null : leastRequest(found, place);
        }
        if (config.is(RoundRobin.class)) {
            RoundRobin found = Values.unpack(config, RoundRobin.class, place);
            if (found == null) {
                return null;
            }
            ROUND.check(found, place);
            return new LoadBalancingReader.Policy(
                    new LoadBalancingPolicy.RoundRobin(
                            slowStart(found.hasSlowStartConfig(), found.getSlowStartConfig(), place)),
                    weighted(found.getLocalityLbConfig(), place));
        }
        if (config.is(RingHash.class)) {
            RingHash found = Values.unpack(config, RingHash.class, place);
            return found == null ? null : ringHash(found, place);
        }
        if (config.is(Maglev.class)) {
            Maglev found = Values.unpack(config, Maglev.class, place);
            if (found == null) {
                return null;
            }
            MAGLEV.check(found, place);
            HASHING.check(found.getConsistentHashingLbConfig(), place.at("consistent_hashing_lb_config"));
            return new LoadBalancingReader.Policy(
                    LoadBalancingReader.maglev(
                            found.hasTableSize() ? found.getTableSize().getValue() : LoadBalancingReader.DEFAULT_TABLE,
                            found.getConsistentHashingLbConfig().getUseHostnameForHashing(),
                            place),
                    found.hasLocalityWeightedLbConfig());
        }
        if (config.is(WrrLocality.class)) {
            WrrLocality found = Values.unpack(config, WrrLocality.class, place);
            return found == null
                    ? null
                    : new LoadBalancingReader.Policy(
                            read(found.getEndpointPickingPolicy(), place.at("endpoint_picking_policy"))
                                    .policy(),
                            true);
        }
        return LoadBalancingReader.isRandom(config)
                ? new LoadBalancingReader.Policy(new LoadBalancingPolicy.Random(), false)
                : null;
    }

    private static LoadBalancingReader.Policy leastRequest(LeastRequest found, Place place) {
        LEAST.check(found, place);
        return new LoadBalancingReader.Policy(
                LoadBalancingReader.leastRequest(
                        found.hasChoiceCount() ? found.getChoiceCount().getValue() : 2,
                        found.hasActiveRequestBias() ? found.getActiveRequestBias() : null,
                        slowStart(found.hasSlowStartConfig(), found.getSlowStartConfig(), place),
                        place),
                weighted(found.getLocalityLbConfig(), place));
    }

    @SuppressWarnings("deprecation") // use_hostname_for_hashing had its first home here
    private static LoadBalancingReader.Policy ringHash(RingHash found, Place place) {
        RING.check(found, place);
        HASHING.check(found.getConsistentHashingLbConfig(), place.at("consistent_hashing_lb_config"));
        boolean xxHash = found.getHashFunction() == RingHash.HashFunction.XX_HASH
                || found.getHashFunction() == RingHash.HashFunction.DEFAULT_HASH;
        if (!xxHash) {
            place.refuse("hash_function", found.getHashFunction(), "XX_HASH");
        }
        return new LoadBalancingReader.Policy(
                LoadBalancingReader.ringHash(
                        found.hasMinimumRingSize()
                                ? found.getMinimumRingSize().getValue()
                                : LoadBalancingReader.DEFAULT_RING,
                        found.hasMaximumRingSize()
                                ? found.getMaximumRingSize().getValue()
                                : LoadBalancingReader.LARGEST_RING,
                        found.getUseHostnameForHashing()
                                || found.getConsistentHashingLbConfig().getUseHostnameForHashing(),
                        place),
                found.hasLocalityWeightedLbConfig());
    }

    private static boolean weighted(LocalityLbConfig found, Place place) {
        LOCALITY.check(found, place.at("locality_lb_config"));
        return found.hasLocalityWeightedLbConfig();
    }

    private static @Nullable SlowStart slowStart(boolean said, SlowStartConfig found, Place place) {
        return said
                ? LoadBalancingReader.slowStart(
                        found.getSlowStartWindow(),
                        found.hasAggression() ? found.getAggression() : null,
                        found.hasMinWeightPercent() ? found.getMinWeightPercent() : null,
                        place.at("slow_start_config"))
                : null;
    }
}
