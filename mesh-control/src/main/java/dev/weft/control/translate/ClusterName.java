package dev.weft.control.translate;

import org.jspecify.annotations.Nullable;

/** A cluster's name taken apart: {@code outbound|9080|v1|reviews.default.svc.cluster.local}. */
record ClusterName(int port, String subset, String host) {

    /** Null for other names. */
    static @Nullable ClusterName parse(String name) {
        String[] parts = name.split("\\|", -1);
        if (parts.length != 4 || !parts[0].equals("outbound") || !parts[1].matches("[0-9]{1,5}")) {
            return null;
        }
        return new ClusterName(Integer.parseInt(parts[1]), parts[2], parts[3]);
    }
}
