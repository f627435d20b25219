package dev.weft.control.registry;

import dev.weft.config.Locality;
import java.util.List;
import java.util.Map;

/**
 * What an instance said about itself.
 *
 * @param instanceId unique in its namespace, as in {@code reviews-v2-b11c}
 * @param epoch grows with each start of the instance; what an older epoch says no longer counts
 * @param namespace where its service lives
 * @param service the service's short name, {@code reviews}
 * @param serviceAccount its account; may be empty
 * @param labels for subsets and selectors, {@code version=v2}
 * @param locality where it runs
 * @param ports what it serves; may be empty for a pure client
 * @param health how it feels
 * @param proven whether namespace and service account were proved by a credential; otherwise they are claims, and nothing that callers
 *     are to believe may be derived from them
 */
public record Registration(
        String instanceId,
        long epoch,
        String namespace,
        String service,
        String serviceAccount,
        Map<String, String> labels,
        Locality locality,
        List<InstancePort> ports,
        Health health,
        boolean proven) {
    public Registration {
        if (instanceId.isEmpty()) {
            throw new IllegalArgumentException("instance is empty");
        }
        if (service.isEmpty()) {
            throw new IllegalArgumentException("service is empty");
        }
        labels = Map.copyOf(labels);
        ports = List.copyOf(ports);
    }

    /** An instance that proved nothing. */
    public Registration(
            String instanceId,
            long epoch,
            String namespace,
            String service,
            String serviceAccount,
            Map<String, String> labels,
            Locality locality,
            List<InstancePort> ports,
            Health health) {
        this(instanceId, epoch, namespace, service, serviceAccount, labels, locality, ports, health, false);
    }

    /** The same instance, feeling differently. */
    public Registration with(Health now) {
        return new Registration(
                instanceId, epoch, namespace, service, serviceAccount, labels, locality, ports, now, proven);
    }

    /** Whether what the other says may count for this instance: nobody speaks for a proven one but its own account. */
    boolean speaksFor(Registration known) {
        return !known.proven || proven && serviceAccount.equals(known.serviceAccount);
    }

    /** Who this is, whatever its epoch. */
    public Key key() {
        return new Key(namespace, instanceId);
    }

    /** Which service this belongs to. */
    public ServiceKey serviceKey() {
        return new ServiceKey(namespace, service);
    }

    /** An instance by name. */
    public record Key(String namespace, String instanceId) {
        @Override
        public String toString() {
            return namespace + "/" + instanceId;
        }
    }

    /** A service by name. */
    public record ServiceKey(String namespace, String service) {
        @Override
        public String toString() {
            return namespace + "/" + service;
        }
    }
}
