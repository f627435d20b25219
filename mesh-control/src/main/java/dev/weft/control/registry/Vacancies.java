package dev.weft.control.registry;

import dev.weft.control.registry.Registration.ServiceKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Services whose last instance has left. Their names stay the mesh's for a day: a caller is then told that nobody is there, and his
 * call does not go past the mesh, unencrypted, to whoever else answers to the name. Guarded by the registry's lock.
 */
final class Vacancies {
    static final Duration KEPT = Duration.ofDays(1);

    private final Map<ServiceKey, Vacancy> all = new HashMap<>();

    /**
     * Notes what has become of a service.
     *
     * @param before its instances until now
     */
    void note(ServiceKey service, List<Registration> before, boolean empty, long nowNanos) {
        if (!empty) {
            all.remove(service);
        } else if (before.stream().anyMatch(instance -> !instance.ports().isEmpty())) {
            all.put(service, new Vacancy(before, nowNanos + KEPT.toNanos()));
        }
    }

    /** Puts back what an earlier process knew. */
    void restore(Collection<Registration> last, long nowNanos) {
        Map<ServiceKey, List<Registration>> byService = new HashMap<>();
        last.forEach(instance -> byService.merge(
                instance.serviceKey(),
                List.of(instance),
                (some, one) -> java.util.stream.Stream.concat(some.stream(), one.stream())
                        .toList()));
        byService.forEach((service, instances) -> note(service, instances, true, nowNanos));
    }

    /** @return whether there were some whose day is over */
    boolean expire(long nowNanos) {
        return all.values().removeIf(vacancy -> nowNanos - vacancy.until >= 0);
    }

    /** Nanoseconds until the next one's day is over; {@link Long#MAX_VALUE} if there is none. */
    long next(long nowNanos) {
        return all.values().stream()
                .mapToLong(vacancy -> vacancy.until - nowNanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The last instances of each. */
    Map<ServiceKey, List<Registration>> view() {
        Map<ServiceKey, List<Registration>> view = new HashMap<>();
        all.forEach((service, vacancy) -> view.put(service, vacancy.last));
        return Map.copyOf(view);
    }

    private record Vacancy(List<Registration> last, long until) {}
}
