package dev.weft.xds.reader;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.Endpoint;
import dev.weft.config.Locality;
import dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment.Policy;
import dev.weft.proto.envoy.config.endpoint.v3.LbEndpoint;
import dev.weft.proto.envoy.config.endpoint.v3.LocalityLbEndpoints;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ClusterLoadAssignment}, from EDS or inside a cluster. */
public final class EndpointReader {
    private static final KnownFields ASSIGNMENT = KnownFields.of(
                    dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment.getDescriptor())
            .honours("cluster_name", "endpoints", "policy");
    private static final KnownFields POLICY = KnownFields.of(Policy.getDescriptor())
            .honours("overprovisioning_factor")
            // Endpoints are kept until the control plane takes them away, whatever it thought of their age.
            .skips("endpoint_stale_after");
    private static final KnownFields LOCALITY = KnownFields.of(LocalityLbEndpoints.getDescriptor())
            .honours("locality", "lb_endpoints", "load_balancer_endpoints", "load_balancing_weight", "priority")
            .skips("metadata", "proximity");
    private static final KnownFields ENDPOINT = KnownFields.of(LbEndpoint.getDescriptor())
            .honours("endpoint", "health_status", "metadata", "load_balancing_weight");
    private static final KnownFields ADDRESS = KnownFields.of(
                    dev.weft.proto.envoy.config.endpoint.v3.Endpoint.getDescriptor())
            .honours("address", "hostname")
            // Only active health checks read it, and a cluster with those is refused.
            .skips("health_check_config")
            .warns("additional_addresses");

    private static final int DEFAULT_OVERPROVISIONING = 140;
    private static final int HIGHEST_PRIORITY = 128;

    private EndpointReader() {}

    /** Reads the endpoints of a cluster; one bad endpoint refuses the assignment. */
    public static Read<ClusterLoadAssignment> read(String name, byte[] value) {
        Problems problems = new Problems("ClusterLoadAssignment " + name);
        try {
            var found = dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment.parseFrom(value);
            problems.checkName(name, "cluster_name", found.getClusterName());
            return Read.of(problems, assignment(found, found.getClusterName(), problems.root()));
        } catch (InvalidProtocolBufferException e) {
            problems.root().refuse(null, "a ClusterLoadAssignment message: " + e.getMessage());
            return Read.of(problems, null);
        }
    }

    static ClusterLoadAssignment assignment(
            dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment found, String name, Place place) {
        ASSIGNMENT.check(found, place);
        POLICY.check(found.getPolicy(), place.at("policy"));
        int overprovisioning = found.getPolicy().hasOverprovisioningFactor()
                ? found.getPolicy().getOverprovisioningFactor().getValue()
                : DEFAULT_OVERPROVISIONING;
        if (overprovisioning < 1) {
            place.refuse(
                    "policy.overprovisioning_factor", Integer.toUnsignedString(overprovisioning), "1 to 2147483647");
        }
        List<ClusterLoadAssignment.LocalityEndpoints> localities = new ArrayList<>(found.getEndpointsCount());
        for (int i = 0; i < found.getEndpointsCount(); i++) {
            localities.add(locality(found.getEndpoints(i), place.at("endpoints", i)));
        }
        return new ClusterLoadAssignment(name, localities, overprovisioning);
    }

    private static ClusterLoadAssignment.LocalityEndpoints locality(LocalityLbEndpoints found, Place place) {
        LOCALITY.check(found, place);
        List<LbEndpoint> list = found.hasLoadBalancerEndpoints()
                ? found.getLoadBalancerEndpoints().getLbEndpointsList()
                : found.getLbEndpointsList();
        if (found.getPriority() < 0 || found.getPriority() > HIGHEST_PRIORITY) {
            place.refuse("priority", Integer.toUnsignedString(found.getPriority()), "0 to " + HIGHEST_PRIORITY);
        }
        int weight = found.getLoadBalancingWeight().getValue();
        if (weight < 0) {
            place.refuse("load_balancing_weight", Integer.toUnsignedString(weight), "at most 2147483647");
        }
        List<Endpoint> endpoints = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            Endpoint endpoint = endpoint(list.get(i), place.at("lb_endpoints", i));
            if (endpoint != null) {
                endpoints.add(endpoint);
            }
        }
        var locality = found.getLocality();
        return new ClusterLoadAssignment.LocalityEndpoints(
                found.hasLocality()
                        ? new Locality(locality.getRegion(), locality.getZone(), locality.getSubZone())
                        : Locality.NONE,
                found.getPriority(),
                weight,
                endpoints);
    }

    private static @Nullable Endpoint endpoint(LbEndpoint found, Place place) {
        ENDPOINT.check(found, place);
        ADDRESS.check(found.getEndpoint(), place.at("endpoint"));
        AddressReader.HostPort address =
                AddressReader.read(found.getEndpoint().getAddress(), place.at("endpoint.address"));
        int weight =
                found.hasLoadBalancingWeight() ? found.getLoadBalancingWeight().getValue() : 1;
        if (weight < 1) {
            place.refuse("load_balancing_weight", Integer.toUnsignedString(weight), "1 to 2147483647");
            return null;
        }
        return address == null
                ? null
                : new Endpoint(
                        address.host(),
                        address.port(),
                        health(found, place),
                        weight,
                        found.getEndpoint().getHostname(),
                        EndpointMetadata.read(found.getMetadata()));
    }

    private static Endpoint.Health health(LbEndpoint found, Place place) {
        return switch (found.getHealthStatus()) {
            case UNKNOWN, HEALTHY -> Endpoint.Health.HEALTHY;
            case DEGRADED -> Endpoint.Health.DEGRADED;
            case UNHEALTHY, TIMEOUT -> Endpoint.Health.UNHEALTHY;
            case DRAINING -> Endpoint.Health.DRAINING;
            case UNRECOGNIZED -> {
                place.refuse("health_status", found.getHealthStatusValue(), "a status between 0 and 5");
                yield Endpoint.Health.UNHEALTHY;
            }
        };
    }
}
