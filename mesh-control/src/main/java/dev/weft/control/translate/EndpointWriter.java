package dev.weft.control.translate;

import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import dev.weft.config.Locality;
import dev.weft.control.catalog.Policy;
import dev.weft.control.catalog.Service;
import dev.weft.control.catalog.ServicePort;
import dev.weft.control.catalog.Workload;
import dev.weft.control.istio.DestinationRule.Subset;
import dev.weft.proto.envoy.config.core.v3.Address;
import dev.weft.proto.envoy.config.core.v3.HealthStatus;
import dev.weft.proto.envoy.config.core.v3.Metadata;
import dev.weft.proto.envoy.config.core.v3.Pipe;
import dev.weft.proto.envoy.config.core.v3.SocketAddress;
import dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment;
import dev.weft.proto.envoy.config.endpoint.v3.Endpoint;
import dev.weft.proto.envoy.config.endpoint.v3.LbEndpoint;
import dev.weft.proto.envoy.config.endpoint.v3.LocalityLbEndpoints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the endpoints of one port and subset of a service, grouped by place. */
final class EndpointWriter {
    private final Caller caller;
    private final Service service;
    private final ServicePort port;
    private final String subset;

    EndpointWriter(Caller caller, Service service, ServicePort port, String subset) {
        this.caller = caller;
        this.service = service;
        this.port = port;
        this.subset = subset;
    }

    Service service() {
        return service;
    }

    ClusterLoadAssignment write(List<Workload> workloads) {
        List<Member> members = members(workloads);
        Map<Locality, List<Member>> places = new TreeMap<>(Comparator.comparing(Locality::region)
                .thenComparing(Locality::zone)
                .thenComparing(Locality::subZone));
        members.forEach(member -> places.computeIfAbsent(member.workload.locality(), place -> new ArrayList<>())
                .add(member));
        ClusterLoadAssignment.Builder out =
                ClusterLoadAssignment.newBuilder().setClusterName(Names.cluster(port.number(), subset, service.host()));
        List<Localities.Group> groups = places.entrySet().stream()
                .map(place -> new Localities.Group(
                        place.getKey(),
                        0,
                        place.getValue().stream()
                                .mapToInt(member -> member.workload.weight())
                                .sum(),
                        place.getValue()))
                .toList();
        for (Localities.Group group :
                new Localities(caller, caller.traffic(service, subset, port.number())).arrange(groups)) {
            out.addEndpoints(write(group));
        }
        return out.build();
    }

    private List<Member> members(List<Workload> workloads) {
        Policy policy = subset.isEmpty() ? null : caller.policy(service);
        Subset chosen = policy == null ? null : policy.subset(subset);
        MutualTls tls = new MutualTls(
                caller,
                service,
                port,
                caller.traffic(service, subset, port.number()).tls());
        boolean all = tls.toAll(workloads);
        List<Member> members = new ArrayList<>();
        for (Workload workload : workloads) {
            if (chosen == null || workload.has(chosen.labels())) {
                boolean mutual = all || tls.to(workload);
                Workload.Target target = workload.target(port, mutual);
                if (target != null) {
                    members.add(new Member(workload, target, mutual));
                }
            }
        }
        if (members.isEmpty() && workloads.isEmpty() && service.isResolvedByName()) {
            members.add(new Member(
                    Workload.named(service.host()), new Workload.Target(service.host(), port.targetPort()), false));
        }
        return members;
    }

    private static LocalityLbEndpoints write(Localities.Group group) {
        LocalityLbEndpoints.Builder out = LocalityLbEndpoints.newBuilder()
                .setPriority(group.priority())
                .setLoadBalancingWeight(UInt32Value.of(group.weight()))
                .setLocality(dev.weft.proto.envoy.config.core.v3.Locality.newBuilder()
                        .setRegion(group.place().region())
                        .setZone(group.place().zone())
                        .setSubZone(group.place().subZone()));
        group.members().forEach(member -> out.addLbEndpoints(write(member)));
        return out.build();
    }

    private static LbEndpoint write(Member member) {
        return LbEndpoint.newBuilder()
                .setEndpoint(Endpoint.newBuilder().setAddress(address(member.target)))
                .setLoadBalancingWeight(UInt32Value.of(member.workload.weight()))
                .setHealthStatus(
                        switch (member.workload.health().state()) {
                            // Not said is as good as healthy, and what Istio writes.
                            case HEALTHY -> HealthStatus.UNKNOWN;
                            case UNHEALTHY -> HealthStatus.UNHEALTHY;
                            case DRAINING -> HealthStatus.DRAINING;
                        })
                .setMetadata(metadata(member))
                .build();
    }

    private static Address address(Workload.Target target) {
        if (target.address().startsWith("unix:")) {
            String path = target.address().substring("unix:".length()).replaceFirst("^//", "");
            return Address.newBuilder().setPipe(Pipe.newBuilder().setPath(path)).build();
        }
        return Address.newBuilder()
                .setSocketAddress(
                        SocketAddress.newBuilder().setAddress(target.address()).setPortValue(target.port()))
                .build();
    }

    private static Metadata metadata(Member member) {
        Workload workload = member.workload;
        Struct.Builder weft = Struct.newBuilder();
        if (!workload.registered().isEmpty()) {
            weft.putFields("instance", Origins.text(workload.name()));
        }
        Struct.Builder labels = Struct.newBuilder();
        workload.labels().forEach((key, value) -> labels.putFields(key, Origins.text(value)));
        weft.putFields(
                "labels",
                com.google.protobuf.Value.newBuilder().setStructValue(labels).build());
        Metadata.Builder out = Metadata.newBuilder()
                .putFilterMetadata(
                        Origins.ISTIO,
                        Struct.newBuilder()
                                .putFields("workload", Origins.text(identity(workload)))
                                .build())
                .putFilterMetadata(Origins.WEFT, weft.build());
        if (member.mutualTls) {
            out.putFilterMetadata(
                    "envoy.transport_socket_match",
                    Struct.newBuilder()
                            .putFields("tlsMode", Origins.text("istio"))
                            .build());
        }
        return out.build();
    }

    /** {@code name;namespace;canonical service;revision;cluster}, as Istio's metrics take it apart. */
    private static String identity(Workload workload) {
        Map<String, String> labels = workload.labels();
        String service = labels.getOrDefault(
                "service.istio.io/canonical-name",
                labels.getOrDefault("app.kubernetes.io/name", labels.getOrDefault("app", workload.unit())));
        String revision = labels.getOrDefault(
                "service.istio.io/canonical-revision",
                labels.getOrDefault("app.kubernetes.io/version", labels.getOrDefault("version", "latest")));
        return workload.unit() + ";" + workload.namespace() + ";" + service + ";" + revision + ";Kubernetes";
    }

    /**
     * @param target where it serves the port that is written
     * @param mutualTls whether it is called that way
     */
    record Member(Workload workload, Workload.Target target, boolean mutualTls) {}
}
