package dev.weft.config;

import java.util.List;
import java.util.Map;

/**
 * One consistent state of everything the control plane said about outbound traffic. Unchanged parts are the same
 * instances in the next snapshot, so that whoever compiles them can tell by identity what to keep.
 *
 * @param version for people; changes with every snapshot
 * @param ports route tables by service port; port 0 holds what applies to every other port (the outbound policy)
 * @param clusters by name; every cluster that a loaded virtual host names is here or does not exist
 * @param endpoints by EDS name
 * @param source where it came from
 * @param acceptedMillis epoch milliseconds at which the control plane last confirmed it
 */
public record MeshSnapshot(
        String version,
        Map<Integer, List<VirtualHost>> ports,
        Map<String, Cluster> clusters,
        Map<String, ClusterLoadAssignment> endpoints,
        Source source,
        long acceptedMillis) {
    public MeshSnapshot {
        ports = Map.copyOf(ports);
        clusters = Map.copyOf(clusters);
        endpoints = Map.copyOf(endpoints);
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
