package dev.weft.loadbalance;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.Cluster;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.ClusterLoadAssignment.LocalityEndpoints;
import dev.weft.config.Endpoint;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.Locality;
import dev.weft.runtime.Randomness;
import dev.weft.runtime.World;
import dev.weft.upstream.Host;
import dev.weft.upstream.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A cluster to balance: hosts in priorities and localities, and counts of picks. */
final class Balancing {
    private final World world;
    private final LoadBalancingPolicy policy;
    private final List<LocalityEndpoints> localities = new ArrayList<>();
    private boolean localityWeighted;
    private double panicThreshold;
    final Upstream upstream;

    Balancing(LoadBalancingPolicy policy, World world) {
        this.policy = policy;
        this.world = world;
        upstream = new Upstream("c", world.ticker());
    }

    /** Dice from a seed. */
    static Randomness seeded(long seed) {
        Random random = new Random(seed);
        return new Randomness() {
            @Override
            public int nextInt(int bound) {
                return random.nextInt(bound);
            }

            @Override
            public long nextLong() {
                return random.nextLong();
            }
        };
    }

    static World world(long seed) {
        var manual = World.manual();
        return new World(manual, manual, seeded(seed));
    }

    /** @param hosts a letter per host of the next numbers: h healthy, d degraded, u unhealthy, with a digit for its weight */
    Balancing locality(int priority, int weight, String hosts) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String host : hosts.trim().isEmpty() ? new String[0] : hosts.trim().split(" ")) {
            Endpoint.Health health = switch (host.charAt(0)) {
                case 'h' -> Endpoint.Health.HEALTHY;
                case 'd' -> Endpoint.Health.DEGRADED;
                default -> Endpoint.Health.UNHEALTHY;
            };
            int hostWeight = host.length() == 1 ? 1 : Integer.parseInt(host.substring(1));
            endpoints.add(new Endpoint(
                    "10.0." + localities.size() + "." + endpoints.size(), 80, health, hostWeight, "", Map.of()));
        }
        localities.add(
                new LocalityEndpoints(new Locality("r", "z" + localities.size(), ""), priority, weight, endpoints));
        return this;
    }

    Balancing localityWeighted() {
        localityWeighted = true;
        return this;
    }

    Balancing panicThreshold(double percent) {
        panicThreshold = percent;
        return this;
    }

    LoadBalancer build() {
        upstream.update(new ClusterLoadAssignment("c", localities, 140));
        Cluster cluster = new Cluster(
                "c",
                Cluster.Discovery.EDS,
                "c",
                policy,
                localityWeighted,
                panicThreshold,
                Duration.ofSeconds(1),
                CircuitBreakers.NONE,
                null,
                Cluster.Protocol.HTTP1,
                0,
                null,
                null,
                null,
                new Cluster.ServiceRef("c", "c", "", "", 80));
        return LoadBalancer.of(cluster, upstream.hosts(), world);
    }

    /** Picks by address. */
    Map<String, Integer> picks(int count) {
        LoadBalancer balancer = build();
        Map<String, Integer> picks = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            Host host = balancer.pick(new Draw());
            picks.merge(host == null ? "none" : host.address(), 1, Integer::sum);
        }
        return picks;
    }

    /** Picks by locality, from 0. */
    Map<Integer, Integer> picksByLocality(int count) {
        Map<Integer, Integer> byLocality = new TreeMap<>();
        picks(count)
                .forEach((address, n) -> byLocality.merge(Integer.valueOf(address.split("\\.")[2]), n, Integer::sum));
        return byLocality;
    }
}
