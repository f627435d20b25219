package dev.weft.control.translate;

import com.google.protobuf.Struct;
import dev.weft.config.ConfigProblem;
import dev.weft.config.Origin;
import dev.weft.control.ads.ClientNode.Kind;
import dev.weft.control.catalog.Policy;
import dev.weft.control.catalog.Service;
import dev.weft.control.catalog.ServicePort;
import dev.weft.control.catalog.Workload;
import dev.weft.control.istio.DestinationRule.Subset;
import dev.weft.control.istio.ServiceEntry.Resolution;
import dev.weft.control.istio.TrafficPolicy;
import dev.weft.control.translate.wire.Words;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.core.v3.Metadata;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes clusters: one per port and subset of a service. */
final class ClusterWriter {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Caller caller;

    ClusterWriter(Caller caller) {
        this.caller = caller;
    }

    /**
     * The cluster, or null if the service has no such subset.
     *
     * @param subset name, or empty for the whole service
     * @param workloads behind the service
     */
    @Nullable
    Cluster write(Service service, ServicePort port, String subset, List<Workload> workloads) {
        Policy policy = caller.policy(service);
        Subset chosen = policy == null || subset.isEmpty() ? null : policy.subset(subset);
        if (chosen == null && !subset.isEmpty()) {
            return null;
        }
        TrafficPolicy traffic = policy == null ? TrafficPolicy.NONE : policy.effective(chosen, port.number());
        String name = Names.cluster(port.number(), subset, service.host());
        Cluster.Builder out = Cluster.newBuilder().setName(name).setConnectTimeout(connectTimeout(traffic));
        writeDiscovery(new EndpointWriter(caller, service, port, subset), workloads, traffic, out);
        new BalancingWriter(caller).write(traffic, out);
        out.setCircuitBreakers(LimitWriter.breakers(traffic, caller.kind()));
        OutlierWriter.write(traffic.outlierDetection(), out);
        LimitWriter.writeProtocol(traffic.connectionPool(), port, out);
        new TlsWriter(caller, service, port, subset).write(traffic.tls(), workloads, out);
        if (caller.kind() == Kind.GRPC) {
            // gRPC-Java counts calls, and so keeps to their limit, only where it may report them.
            out.setLrsServer(Words.SELF);
        }
        return out.setMetadata(metadata(service, subset, policy)).build();
    }

    /** Why this kind of client can have no such cluster, with the place where that was written; null if it can. */
    @Nullable
    ConfigProblem unservable(Service service, ServicePort port, String subset) {
        Policy policy = caller.policy(service);
        String why = new TlsWriter(caller, service, port, subset)
                .unservable(caller.traffic(service, subset, port.number()).tls());
        return why == null || policy == null
                ? null
                : new ConfigProblem(
                        ConfigProblem.Severity.ERROR,
                        policy.meta().title(),
                        "spec.trafficPolicy.tls.mode",
                        "ISTIO_MUTUAL",
                        why,
                        new Origin("", policy.meta().file(), policy.meta().line()));
    }

    private com.google.protobuf.Duration connectTimeout(TrafficPolicy traffic) {
        Duration said = traffic.connectionPool() == null
                ? null
                : traffic.connectionPool().connectTimeout();
        Duration mesh = caller.catalog().mesh().connectTimeout();
        return Words.duration(said != null ? said : mesh != null ? mesh : CONNECT_TIMEOUT);
    }

    private void writeDiscovery(
            EndpointWriter endpoints, List<Workload> workloads, TrafficPolicy traffic, Cluster.Builder out) {
        Service service = endpoints.service();
        boolean callersAddress = traffic.loadBalancer() != null
                && "PASSTHROUGH".equals(traffic.loadBalancer().simple());
        if (service.isPassThrough() || callersAddress) {
            out.setType(Cluster.DiscoveryType.ORIGINAL_DST);
        } else if (service.isResolvedByName()) {
            out.setType(
                    service.resolution() == Resolution.DNS_ROUND_ROBIN
                            ? Cluster.DiscoveryType.LOGICAL_DNS
                            : Cluster.DiscoveryType.STRICT_DNS);
            out.setLoadAssignment(endpoints.write(workloads));
        } else {
            out.setType(Cluster.DiscoveryType.EDS);
            out.setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder()
                    .setEdsConfig(Words.ADS)
                    .setServiceName(out.getName()));
        }
    }

    private static Metadata metadata(Service service, String subset, @Nullable Policy policy) {
        Struct.Builder istio = policy == null ? Struct.newBuilder() : Origins.config("destination-rule", policy.meta());
        istio.putFields(
                "services",
                com.google.protobuf.Value.newBuilder()
                        .setListValue(com.google.protobuf.ListValue.newBuilder()
                                .addValues(com.google.protobuf.Value.newBuilder()
                                        .setStructValue(Struct.newBuilder()
                                                .putFields("host", Origins.text(service.host()))
                                                .putFields("name", Origins.text(service.name()))
                                                .putFields("namespace", Origins.text(service.namespace())))))
                        .build());
        if (!subset.isEmpty()) {
            istio.putFields("subset", Origins.text(subset));
        }
        Metadata.Builder out = Metadata.newBuilder().putFilterMetadata(Origins.ISTIO, istio.build());
        if (policy != null) {
            Struct.Builder place =
                    Origins.place(policy.meta().file(), policy.meta().line());
            place.putFields("resource", Origins.text(policy.meta().title()));
            out.putFilterMetadata(Origins.WEFT, place.build());
        }
        return out.build();
    }

    /** Where hosts that nobody knows are let through to. */
    static Cluster passThrough() {
        return Cluster.newBuilder()
                .setName(Names.PASSTHROUGH)
                .setType(Cluster.DiscoveryType.ORIGINAL_DST)
                .setLbPolicy(Cluster.LbPolicy.CLUSTER_PROVIDED)
                .setConnectTimeout(Words.duration(CONNECT_TIMEOUT))
                .setCircuitBreakers(LimitWriter.breakers(TrafficPolicy.NONE, Kind.ENVOY))
                .build();
    }

    /** Where nothing is. */
    static Cluster blackHole() {
        return Cluster.newBuilder()
                .setName(Names.BLACK_HOLE)
                .setType(Cluster.DiscoveryType.STATIC)
                .setConnectTimeout(Words.duration(CONNECT_TIMEOUT))
                .build();
    }
}
