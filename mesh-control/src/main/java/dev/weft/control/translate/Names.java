package dev.weft.control.translate;

import dev.weft.config.MeshSnapshot;

/** The names of resources, as Istio forms them. */
final class Names {
    static final String PASSTHROUGH = MeshSnapshot.PASSTHROUGH_CLUSTER;
    static final String BLACK_HOLE = "BlackHoleCluster";
    /** The outbound policy in the index of names. */
    static final String OUTBOUND_POLICY = "*:0";

    private Names() {}

    static String cluster(int port, String subset, String host) {
        return "outbound|" + port + "|" + subset + "|" + host;
    }

    static String virtualHost(String host, int port) {
        return host + ":" + port;
    }

    /** What Istio's servers expect as server name. */
    static String sni(int port, String subset, String host) {
        return "outbound_." + port + "_." + subset + "_." + host;
    }
}
