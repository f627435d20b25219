package dev.weft.control.catalog;

import dev.weft.config.Locality;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.registry.RegistrySnapshot;
import dev.weft.control.store.ConfigSnapshot;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Services and rules at one moment. */
public final class Catalog {
    private final ConfigSnapshot config;
    private final List<Service> declared;
    private final Services services;
    private final Workloads workloads;
    private final Rules rules;
    private final Policies policies;
    private final Scopes scopes;
    private final Selectors selectors;
    private final SecurityPolicies security;

    private Catalog(ConfigSnapshot config, RegistrySnapshot registry, @Nullable Catalog earlier) {
        this.config = config;
        IstioConfig istio = config.config();
        MeshConfig mesh = config.mesh();
        if (earlier != null && sameContent(earlier.config, config)) {
            declared = earlier.declared;
            rules = earlier.rules;
            policies = earlier.policies;
            scopes = earlier.scopes;
            selectors = earlier.selectors;
            security = earlier.security;
        } else {
            declared = DeclaredServices.of(istio, mesh);
            rules = new Rules(istio, mesh);
            policies = new Policies(istio, mesh);
            scopes = new Scopes(istio, mesh);
            selectors = new Selectors(istio, mesh);
            security = new SecurityPolicies(istio, mesh);
        }
        services = Services.join(declared, registry, mesh, earlier == null ? null : earlier.services);
        workloads = Workloads.collect(services.all(), istio, registry, earlier == null ? null : earlier.workloads);
    }

    /**
     * Brings configuration and registry together.
     *
     * @param earlier the catalog before, whose unchanged parts are taken over; or null
     */
    public static Catalog of(ConfigSnapshot config, RegistrySnapshot registry, @Nullable Catalog earlier) {
        return new Catalog(config, registry, earlier);
    }

    /** Whether everything but the workloads behind the services is as it was. */
    public boolean sameRules(@Nullable Catalog earlier) {
        return earlier != null && sameContent(earlier.config, config) && earlier.services == services;
    }

    /** A snapshot can differ from the one before in what it complains of alone. */
    public static boolean sameContent(ConfigSnapshot one, ConfigSnapshot other) {
        return one.config() == other.config() && one.mesh().equals(other.mesh());
    }

    /** What matters about a client. */
    public Client client(String namespace, Map<String, String> labels, Locality locality, boolean identified) {
        return new Client(
                namespace,
                selectors.relevant(labels),
                selectors.localityMatters() ? locality : Locality.NONE,
                identified);
    }

    public Scope scope(Client client) {
        return scopes.of(client.namespace(), client.labels());
    }

    /** The policy that the client follows for a service, or null. */
    public @Nullable Policy policy(Service service, Client client) {
        return policies.find(service, client.namespace(), client.labels());
    }

    public String revision() {
        return config.revision();
    }

    public MeshConfig mesh() {
        return config.mesh();
    }

    public Services services() {
        return services;
    }

    public Workloads workloads() {
        return workloads;
    }

    public Rules rules() {
        return rules;
    }

    /** The policies about what arrives at workloads. */
    public SecurityPolicies security() {
        return security;
    }
}
