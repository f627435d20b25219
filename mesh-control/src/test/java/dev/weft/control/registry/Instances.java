package dev.weft.control.registry;

import dev.weft.config.Locality;
import java.util.List;
import java.util.Map;

/** Registrations for tests. */
final class Instances {
    private Instances() {}

    static Registration reviews(String id, long epoch) {
        return new Registration(
                id,
                epoch,
                "default",
                "reviews",
                "bookinfo-reviews",
                Map.of("app", "reviews", "version", "v1"),
                new Locality("local", "a", ""),
                List.of(new InstancePort("http", "HTTP", 9080, "127.0.0.1", 40000 + (int) epoch)),
                Health.HEALTHY);
    }

    static List<String> ids(RegistrySnapshot snapshot) {
        return snapshot.instances("default", "reviews").stream()
                .map(Registration::instanceId)
                .toList();
    }
}
