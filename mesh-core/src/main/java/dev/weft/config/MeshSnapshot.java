package dev.weft.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One consistent state of everything the control plane said. Unchanged parts are the same
 * instances in the next snapshot, so that whoever compiles them can tell by identity what to keep.
 *
 * @param version for people; changes with every snapshot
 * @param ports route tables by service port; port 0 holds what applies to every other port (the outbound policy)
 * @param clusters by name; every cluster that a loaded virtual host names is here or does not exist
 * @param endpoints by EDS name
 * @param source where it came from
 * @param acceptedMillis epoch milliseconds at which the control plane last confirmed it
 * @param inbound what it said about requests that arrive here; null: nobody speaks of them, and they pass
 */
public record MeshSnapshot(
        String version,
        Map<Integer, List<VirtualHost>> ports,
        Map<String, Cluster> clusters,
        Map<String, ClusterLoadAssignment> endpoints,
        Source source,
        long acceptedMillis,
        @Nullable InboundPolicy inbound) {
    public MeshSnapshot {
        ports = Map.copyOf(ports);
        clusters = Map.copyOf(clusters);
        endpoints = Map.copyOf(endpoints);
    }

    /** One that says nothing about inbound traffic. */
    public MeshSnapshot(
            String version,
            Map<Integer, List<VirtualHost>> ports,
            Map<String, Cluster> clusters,
            Map<String, ClusterLoadAssignment> endpoints,
            Source source,
            long acceptedMillis) {
        this(version, ports, clusters, endpoints, source, acceptedMillis, null);
    }

    /** Cluster of hosts that the mesh does not know and lets pass. */
    public static final String PASSTHROUGH_CLUSTER = "PassthroughCluster";

    /** Where a snapshot came from. */
    public enum Source {
        /** Written by hand. */
        STATIC,
        /** Last good configuration of an earlier run. */
        DISK,
        /** A control plane. */
        STREAM
    }
}
