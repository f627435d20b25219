package dev.weft.telemetry.micrometer;

import dev.weft.config.Cluster;
import dev.weft.telemetry.Workload;
import io.micrometer.core.instrument.Tags;
import java.util.Map;

/** Istio's standard labels. What nobody knows is {@code unknown}, as Istio writes it. */
final class Labels {
    private static final String UNKNOWN = "unknown";

    private Labels() {}

    /** @param endpoint metadata of the host, with {@code workload} and {@code label:} entries */
    static Tags outbound(Workload local, Cluster cluster, Map<String, String> endpoint, String protocol) {
        String service = or(cluster.service().host());
        String app = endpoint.getOrDefault("label:app", or(cluster.service().name()));
        String version = endpoint.getOrDefault("label:version", UNKNOWN);
        String namespace = or(cluster.service().namespace());
        return Tags.of("reporter", "source")
                .and(source(
                        local.service(),
                        local.namespace(),
                        local.service(),
                        or(local.version()),
                        revision(local.version())))
                .and(destination(endpoint.getOrDefault("workload", app), namespace, app, version, revision(version)))
                .and(service(service, or(cluster.service().name()), namespace))
                .and(connection(protocol));
    }

    static Tags inbound(Workload local, String protocol) {
        String service = local.service() + "." + local.namespace() + ".svc.cluster.local";
        return Tags.of("reporter", "destination")
                .and(source(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, "latest"))
                .and(destination(
                        local.service(),
                        local.namespace(),
                        local.service(),
                        or(local.version()),
                        revision(local.version())))
                .and(service(service, local.service(), local.namespace()))
                .and(connection(protocol));
    }

    private static Tags source(String workload, String namespace, String app, String version, String revision) {
        return Tags.of(
                "source_workload", workload,
                "source_workload_namespace", namespace,
                "source_principal", UNKNOWN,
                "source_app", app,
                "source_version", version,
                "source_canonical_service", app,
                "source_canonical_revision", revision,
                "source_cluster", UNKNOWN);
    }

    private static Tags destination(String workload, String namespace, String app, String version, String revision) {
        return Tags.of(
                "destination_workload", workload,
                "destination_workload_namespace", namespace,
                "destination_principal", UNKNOWN,
                "destination_app", app,
                "destination_version", version,
                "destination_canonical_service", app,
                "destination_canonical_revision", revision,
                "destination_cluster", UNKNOWN);
    }

    private static Tags service(String host, String name, String namespace) {
        return Tags.of(
                "destination_service", host,
                "destination_service_name", name,
                "destination_service_namespace", namespace);
    }

    private static Tags connection(String protocol) {
        return Tags.of("request_protocol", protocol, "connection_security_policy", "none");
    }

    private static String or(String value) {
        return value.isEmpty() ? UNKNOWN : value;
    }

    private static String revision(String version) {
        return version.isEmpty() || version.equals(UNKNOWN) ? "latest" : version;
    }
}
