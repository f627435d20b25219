package dev.weft.xds;

import org.jspecify.annotations.Nullable;

/** The kinds of resources that are read, in the order in which they refer to nothing unread. */
enum ResourceType {
    CLUSTER("envoy.config.cluster.v3.Cluster"),
    ENDPOINT("envoy.config.endpoint.v3.ClusterLoadAssignment"),
    LISTENER("envoy.config.listener.v3.Listener"),
    ROUTE("envoy.config.route.v3.RouteConfiguration"),
    /** The index of visible names. */
    VIRTUAL_HOST("envoy.config.route.v3.VirtualHost");

    private final String url;
    private final String word;

    ResourceType(String message) {
        url = "type.googleapis.com/" + message;
        word = message.substring(message.lastIndexOf('.') + 1);
    }

    String url() {
        return url;
    }

    /** As in {@code RouteConfiguration 9080}. */
    String resource(String name) {
        return word + " " + name;
    }

    static @Nullable ResourceType of(String url) {
        for (ResourceType type : values()) {
            if (type.url.equals(url)) {
                return type;
            }
        }
        return null;
    }

    /** Whether a state-of-the-world response names all that exists, so that what it leaves out is gone. */
    boolean fullState() {
        return this == CLUSTER || this == LISTENER || this == VIRTUAL_HOST;
    }
}
