package dev.weft.upstream;

import dev.weft.config.Endpoint;
import dev.weft.config.Locality;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A live host at one moment.
 *
 * @param address {@code 10.0.0.1:80}
 * @param health as the control plane says
 * @param ejection why it is out of rotation, or null: it is not
 * @param backIn until it comes back at the earliest, or null: it is not out
 * @param active attempts in flight
 * @param priority 0 is tried first
 * @param weight among its like
 * @param labels of the instance, as far as the control plane tells
 */
public record HostView(
        String address,
        Endpoint.Health health,
        @Nullable String ejection,
        @Nullable Duration backIn,
        int active,
        int priority,
        Locality locality,
        int weight,
        Map<String, String> labels) {
    private static final String LABEL = "label:";

    public HostView {
        labels = Map.copyOf(labels);
    }

    static HostView of(Host host, int priority, Locality locality, long nowNanos) {
        Endpoint endpoint = host.endpoint();
        Ejection ejection = host.ejection();
        Map<String, String> labels = new TreeMap<>();
        endpoint.metadata().forEach((key, value) -> {
            if (key.startsWith(LABEL)) {
                labels.put(key.substring(LABEL.length()), value);
            }
        });
        return new HostView(
                host.address(),
                endpoint.health(),
                ejection == null ? null : ejection.cause(),
                ejection == null ? null : Duration.ofNanos(Math.max(0, ejection.untilNanos() - nowNanos)),
                host.active(),
                priority,
                locality,
                endpoint.weight(),
                labels);
    }
}
