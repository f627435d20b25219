package dev.weft.control.translate;

import com.google.protobuf.UInt64Value;
import dev.weft.control.ads.ClientNode.Kind;
import dev.weft.control.istio.TrafficPolicy;
import dev.weft.control.istio.TrafficPolicy.ConsistentHash;
import dev.weft.control.istio.TrafficPolicy.LoadBalancer;
import dev.weft.control.translate.wire.Words;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.cluster.v3.Cluster.LbPolicy;
import dev.weft.proto.envoy.config.core.v3.RuntimeDouble;
import dev.weft.proto.envoy.type.v3.Percent;
import org.jspecify.annotations.Nullable;

/** Writes how a host is chosen. */
final class BalancingWriter {
    private static final long RING_SIZE = 1024;
    private static final double WARMUP_MINIMUM_PERCENT = 10;

    private final Caller caller;

    BalancingWriter(Caller caller) {
        this.caller = caller;
    }

    void write(TrafficPolicy traffic, Cluster.Builder out) {
        Cluster.CommonLbConfig.Builder common = out.getCommonLbConfigBuilder();
        if (new Localities(caller, traffic).weighted()) {
            common.setLocalityWeightedLbConfig(Cluster.CommonLbConfig.LocalityWeightedLbConfig.getDefaultInstance());
        }
        LoadBalancer balancer = traffic.loadBalancer();
        if (out.getType() == Cluster.DiscoveryType.ORIGINAL_DST) {
            out.setLbPolicy(LbPolicy.CLUSTER_PROVIDED);
        } else if (balancer != null && balancer.consistentHash() != null) {
            writeHash(balancer.consistentHash(), out);
        } else {
            writeSimple(balancer, out);
        }
    }

    private void writeSimple(@Nullable LoadBalancer balancer, Cluster.Builder out) {
        String simple = balancer == null || balancer.simple() == null ? "" : balancer.simple();
        Cluster.SlowStartConfig slowStart = balancer == null ? null : slowStart(balancer);
        if (simple.equals("ROUND_ROBIN") || caller.kind() == Kind.GRPC) {
            // Other policies are not in every stock gRPC library, and an unknown one refuses the cluster.
            out.setLbPolicy(LbPolicy.ROUND_ROBIN);
            if (slowStart != null && caller.kind() != Kind.GRPC) {
                out.setRoundRobinLbConfig(
                        Cluster.RoundRobinLbConfig.newBuilder().setSlowStartConfig(slowStart));
            }
        } else if (simple.equals("RANDOM")) {
            out.setLbPolicy(LbPolicy.RANDOM);
        } else {
            out.setLbPolicy(LbPolicy.LEAST_REQUEST);
            if (slowStart != null) {
                out.setLeastRequestLbConfig(
                        Cluster.LeastRequestLbConfig.newBuilder().setSlowStartConfig(slowStart));
            }
        }
    }

    private static Cluster.@Nullable SlowStartConfig slowStart(LoadBalancer balancer) {
        if (balancer.warmupDuration() == null) {
            return null;
        }
        Cluster.SlowStartConfig.Builder out =
                Cluster.SlowStartConfig.newBuilder().setSlowStartWindow(Words.duration(balancer.warmupDuration()));
        Double minimum = balancer.warmupMinimumPercent();
        out.setMinWeightPercent(Percent.newBuilder().setValue(minimum == null ? WARMUP_MINIMUM_PERCENT : minimum));
        Double aggression = balancer.warmupAggression();
        return out.setAggression(RuntimeDouble.newBuilder()
                        .setDefaultValue(aggression == null ? 1 : aggression)
                        // Envoy asks for a key though nobody sets it.
                        .setRuntimeKey("warmup.aggression"))
                .build();
    }

    private void writeHash(ConsistentHash hash, Cluster.Builder out) {
        // Stock gRPC has no Maglev; a ring keeps its promise too.
        if (hash.maglev() && caller.kind() != Kind.GRPC) {
            out.setLbPolicy(LbPolicy.MAGLEV);
            if (hash.tableSize() != null) {
                out.setMaglevLbConfig(
                        Cluster.MaglevLbConfig.newBuilder().setTableSize(UInt64Value.of(hash.tableSize())));
            }
            return;
        }
        long size = hash.minimumRingSize() == null || hash.minimumRingSize() == 0 ? RING_SIZE : hash.minimumRingSize();
        out.setLbPolicy(LbPolicy.RING_HASH)
                .setRingHashLbConfig(Cluster.RingHashLbConfig.newBuilder().setMinimumRingSize(UInt64Value.of(size)));
    }
}
