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

    /** The same instance, by a credential of this account. */
    static Registration proven(Registration said, String account) {
        return new Registration(
                said.instanceId(),
                said.epoch(),
                said.namespace(),
                said.service(),
                account,
                said.labels(),
                said.locality(),
                said.ports(),
                said.health(),
                true);
    }

    static List<String> ids(RegistrySnapshot snapshot) {
        return snapshot.instances("default", "reviews").stream()
                .map(Registration::instanceId)
                .toList();
    }
}
