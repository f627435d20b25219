package dev.weft.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A named group of endpoints and how to reach it.
 *
 * @param name as in {@code outbound|9080|v1|reviews.default.svc.cluster.local}
 * @param discovery where endpoints come from
 * @param edsName resource to ask for; equals {@code name} unless said
 * @param policy how a host is chosen
 * @param localityWeighted localities are chosen by weight before hosts
 * @param panicThreshold percent of healthy hosts under which health is ignored; 0 = never
 * @param connectTimeout of one connection
 * @param breakers limits
 * @param outlier or null
 * @param protocol towards the servers
 * @param maxRequestsPerConnection 0 = unlimited
 * @param idleTimeout of pooled connections, or null: 1 h
 * @param tls for every endpoint, or null
 * @param autoTls for endpoints that declare {@code tlsMode: istio}, or null
 * @param service who is behind it, for metrics
 */
public record Cluster(
        String name,
        Discovery discovery,
        String edsName,
        LoadBalancingPolicy policy,
        boolean localityWeighted,
        double panicThreshold,
        Duration connectTimeout,
        CircuitBreakers breakers,
        @Nullable OutlierDetection outlier,
        Protocol protocol,
        int maxRequestsPerConnection,
        @Nullable Duration idleTimeout,
        @Nullable UpstreamTls tls,
        @Nullable UpstreamTls autoTls,
        ServiceRef service) {

    /** The same, reached otherwise. */
    public Cluster withTls(@Nullable UpstreamTls other) {
        return new Cluster(
                name,
                discovery,
                edsName,
                policy,
                localityWeighted,
                panicThreshold,
                connectTimeout,
                breakers,
                outlier,
                protocol,
                maxRequestsPerConnection,
                idleTimeout,
                other,
                autoTls,
                service);
    }

    /** Where endpoints come from. */
    public enum Discovery {
        /** By EDS. */
        EDS,
        /** Written in the cluster. */
        STATIC,
        /** Every address that the name resolves to. */
        STRICT_DNS,
        /** One address at a time. */
        LOGICAL_DNS,
        /** Where the caller's URL says. */
        ORIGINAL_DESTINATION
    }

    /** What is spoken to the servers. */
    public enum Protocol {
        HTTP1,
        HTTP2,
        /** As the caller does, HTTP/1.1 where the caller does not care. */
        DOWNSTREAM,
        /** By ALPN. */
        AUTO
    }

    /**
     * The service behind a cluster.
     *
     * @param host fully qualified
     * @param name short
     * @param namespace or empty
     * @param subset or empty
     * @param port service port, 0 if unknown
     */
    public record ServiceRef(String host, String name, String namespace, String subset, int port) {}
}
