package dev.weft.telemetry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Endpoint;
import dev.weft.upstream.Host;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostMetersTest {
    private final HostMeters meters = new HostMeters(
            new SimpleMeterRegistry(),
            host -> Tags.of("version", host.endpoint().metadata().getOrDefault("version", "")));

    private static Host host(String address, String version) {
        return new Host(
                "reviews",
                new Endpoint(address, 80, Endpoint.Health.HEALTHY, 1, "", Map.of("version", version, "pod", address)));
    }

    @Test
    void hostsOfTheSameLabelsHaveTheSameMeters() {
        Host one = host("10.0.0.1", "v1");
        assertThat(meters.of(one)).isSameAs(meters.of(one)).isSameAs(meters.of(host("10.0.0.2", "v1")));
    }

    @Test
    void othersHaveTheirOwn() {
        assertThat(meters.of(host("10.0.0.1", "v1"))).isNotSameAs(meters.of(host("10.0.0.2", "v2")));
    }
}
