package dev.weft.control.ads;

import org.jspecify.annotations.Nullable;

/** The kinds of resources that are served, in the order in which changes are pushed: what is referred to comes first. */
public enum ResourceType {
    CLUSTER("CDS", "envoy.config.cluster.v3.Cluster"),
    ENDPOINT("EDS", "envoy.config.endpoint.v3.ClusterLoadAssignment"),
    LISTENER("LDS", "envoy.config.listener.v3.Listener"),
    ROUTE("RDS", "envoy.config.route.v3.RouteConfiguration"),
    SECRET("SDS", "envoy.extensions.transport_sockets.tls.v3.Secret"),
    /** Weft's index of visible names. */
    VIRTUAL_HOST("VHDS", "envoy.config.route.v3.VirtualHost");

    private static final String PREFIX = "type.googleapis.com/";

    private final String shortName;
    private final String typeUrl;

    ResourceType(String shortName, String messageName) {
        this.shortName = shortName;
        this.typeUrl = PREFIX + messageName;
    }

    /** {@code CDS}, {@code EDS} and so on. */
    public String shortName() {
        return shortName;
    }

    /** {@code type.googleapis.com/...}. */
    public String typeUrl() {
        return typeUrl;
    }

    /** The type with that URL, or null if it is not served. */
    public static @Nullable ResourceType of(String typeUrl) {
        for (ResourceType type : values()) {
            if (type.typeUrl.equals(typeUrl)) {
                return type;
            }
        }
        return null;
    }

    /** Whether a subscription that names nothing means everything. */
    boolean wildcardWhenEmpty() {
        return this == CLUSTER || this == LISTENER || this == VIRTUAL_HOST;
    }

    /** Whether a state-of-the-world response carries all that exists, so that leaving a resource out removes it. */
    boolean fullState() {
        return this == CLUSTER || this == LISTENER || this == VIRTUAL_HOST;
    }

    /** Whether routes refer to it, so that it must be removed after them. */
    boolean removedLast() {
        return this == CLUSTER || this == ENDPOINT;
    }
}
