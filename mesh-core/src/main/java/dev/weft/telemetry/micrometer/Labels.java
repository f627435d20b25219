package dev.weft.telemetry.micrometer;

import dev.weft.config.Cluster;
import dev.weft.identity.SpiffeId;
import dev.weft.telemetry.Workload;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio's standard labels. What nobody knows is {@code unknown}, as Istio writes it. */
final class Labels {
    private static final String UNKNOWN = "unknown";

    private Labels() {}

    /**
     * @param endpoint metadata of the host: {@code workload} as istiod writes it ({@code
     *     name;namespace;canonical-service;revision;cluster}), and {@code label:} entries where there are any
     */
    static Tags outbound(Workload local, Cluster cluster, Map<String, String> endpoint, String protocol) {
        String[] workload = endpoint.getOrDefault("workload", "").split(";", -1);
        String service = or(part(workload, 2), cluster.service().name());
        String revision = or(part(workload, 3), endpoint.getOrDefault("label:version", ""));
        String app = or(endpoint.getOrDefault("label:app", ""), service);
        String version = or(endpoint.getOrDefault("label:version", ""), part(workload, 3));
        String namespace = or(part(workload, 1), cluster.service().namespace());
        return Tags.of("reporter", "source")
                .and(side("source", ofLocal(local)))
                .and(side(
                        "destination",
                        new Side(
                                or(part(workload, 0), app),
                                namespace,
                                app,
                                version,
                                service,
                                revision,
                                part(workload, 4))))
                .and(service(
                        cluster.service().host(),
                        cluster.service().name(),
                        cluster.service().namespace()))
                .and(connection(protocol, UNKNOWN));
    }

    private static String part(String[] workload, int index) {
        return workload.length > index ? workload[index] : "";
    }

    /**
     * Of the source only what its certificate proves: the identity, and the namespace in it. A label that anybody can write would be
     * worse than none.
     *
     * @param caller whom mutual TLS proved, or null
     */
    static Tags inbound(Workload local, @Nullable SpiffeId caller, String protocol) {
        String service = local.service() + "." + local.namespace() + ".svc.cluster.local";
        return Tags.of("reporter", "destination")
                .and(side("source", new Side("", caller == null ? null : caller.namespace(), "", "", "", "", "")))
                .and(Tags.of("source_principal", caller == null ? UNKNOWN : caller.toString()))
                .and(side("destination", ofLocal(local)))
                .and(service(service, local.service(), local.namespace()))
                .and(connection(protocol, caller == null ? "none" : "mutual_tls"));
    }

    /** One end of a call, as far as it is known; empty is not. */
    private record Side(
            String workload,
            @Nullable String namespace,
            String app,
            String version,
            String service,
            String revision,
            String cluster) {}

    private static Side ofLocal(Workload local) {
        return new Side(
                local.service(),
                local.namespace(),
                local.service(),
                local.version(),
                local.service(),
                local.version(),
                "");
    }

    private static Tags side(String end, Side side) {
        return Tags.of(
                end + "_workload", or(side.workload, UNKNOWN),
                end + "_workload_namespace", or(side.namespace, UNKNOWN),
                end + "_principal", UNKNOWN,
                end + "_app", or(side.app, UNKNOWN),
                end + "_version", or(side.version, UNKNOWN),
                end + "_canonical_service", or(side.service, UNKNOWN),
                end + "_canonical_revision", or(side.revision, "latest"),
                end + "_cluster", or(side.cluster, UNKNOWN));
    }

    private static Tags service(String host, String name, String namespace) {
        return Tags.of(
                "destination_service", or(host, UNKNOWN),
                "destination_service_name", or(name, UNKNOWN),
                "destination_service_namespace", or(namespace, UNKNOWN));
    }

    private static Tags connection(String protocol, String security) {
        return Tags.of("request_protocol", protocol, "connection_security_policy", security);
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
