package dev.weft.loadbalance;

import dev.weft.config.LoadBalancingPolicy;
import dev.weft.upstream.Host;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Hosts at many points of a ring of hashes; a request belongs to the next point. Few requests move when a host comes or goes. */
final class RingHash implements Picker {
    // Sorted as unsigned numbers; host of the same position.
    private final long[] points;
    private final Host[] hosts;

    RingHash(List<WeightedHost> weighted, LoadBalancingPolicy.RingHash policy) {
        double least = 1;
        for (WeightedHost host : weighted) {
            least = Math.min(least, host.weight());
        }
        // Scaled so that the lightest host gets a whole number of points.
        double scale = Math.min(Math.ceil(least * policy.minimumSize()) / least, policy.maximumSize());
        Point[] ring = points(weighted, scale);
        Arrays.sort(ring);
        points = new long[ring.length];
        hosts = new Host[ring.length];
        for (int i = 0; i < ring.length; i++) {
            points[i] = ring[i].hash;
            hosts[i] = ring[i].host;
        }
    }

    private static Point[] points(List<WeightedHost> weighted, double scale) {
        Point[] ring = new Point[(int) Math.ceil(scale)];
        int current = 0;
        double target = 0;
        for (WeightedHost host : weighted) {
            target += scale * host.weight();
            for (int i = 0; current < target && current < ring.length; i++) {
                long hash = XxHash64.of((host.key() + "_" + i).getBytes(StandardCharsets.UTF_8), 0);
                ring[current++] = new Point(hash, host.host());
            }
        }
        return current == ring.length ? ring : Arrays.copyOf(ring, current);
    }

    @Override
    public Host pick(long hash, int reselection) {
        int low = 0;
        int high = points.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(points[middle], hash) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return hosts[(int) (((long) low + reselection) % hosts.length)];
    }

    private record Point(long hash, Host host) implements Comparable<Point> {
        @Override
        public int compareTo(Point other) {
            return Long.compareUnsigned(hash, other.hash);
        }
    }
}
