package dev.weft.config;

import java.util.List;

/**
 * The endpoints of a cluster.
 *
 * @param cluster name of the cluster, or its EDS service name
 * @param localities groups in order
 * @param overprovisioningPercent 140 unless said
 */
public record ClusterLoadAssignment(String cluster, List<LocalityEndpoints> localities, int overprovisioningPercent) {
    public ClusterLoadAssignment {
        localities = List.copyOf(localities);
    }

    /** One locality of priority 0 with these endpoints. */
    public static ClusterLoadAssignment of(String cluster, List<Endpoint> endpoints) {
        return new ClusterLoadAssignment(cluster, List.of(new LocalityEndpoints(Locality.NONE, 0, 1, endpoints)), 140);
    }

    /**
     * Endpoints of one place and priority.
     *
     * @param priority 0 is tried first
     * @param weight among the localities of the priority; 0 = no traffic when localities are weighted
     */
    public record LocalityEndpoints(Locality locality, int priority, int weight, List<Endpoint> endpoints) {
        public LocalityEndpoints {
            endpoints = List.copyOf(endpoints);
        }
    }
}
