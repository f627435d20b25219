package dev.weft.control.translate.inbound;

import dev.weft.control.istio.ExtAuthzProvider;
import dev.weft.control.istio.MeshConfig;
import org.jspecify.annotations.Nullable;

/**
 * The services that may be asked about requests.
 *
 * @param mesh that names them
 * @param hosts finds them among those that the workload can call
 */
public record AuthorizationServices(MeshConfig mesh, Hosts hosts) {

    /** Finds services. */
    @FunctionalInterface
    public interface Hosts {
        /**
         * The host of a service, or null if it cannot be called.
         *
         * @param service {@code [NAMESPACE/]HOST}
         * @param port on which it is asked
         */
        @Nullable
        String find(String service, int port);
    }

    /** The provider of that name, or null. */
    @Nullable
    ExtAuthzProvider provider(String name) {
        return mesh.extAuthzProviders().stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The host of a provider's service, or null if it cannot be called. */
    @Nullable
    String host(ExtAuthzProvider provider) {
        return hosts.find(provider.service(), provider.port());
    }
}
