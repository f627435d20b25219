package dev.weft.control.istio;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a DestinationRule wants hosts to be chosen, limited, watched and encrypted. Absent blocks are null. */
public record TrafficPolicy(
        @Nullable LoadBalancer loadBalancer,
        @Nullable ConnectionPool connectionPool,
        @Nullable Outlier outlierDetection,
        @Nullable Tls tls,
        List<PortPolicy> portLevelSettings,
        @Nullable RetryBudget retryBudget) {
    /** Nothing said. */
    public static final TrafficPolicy NONE = new TrafficPolicy(null, null, null, null, List.of(), null);

    /** A policy for one port; replaces the whole policy there. */
    public record PortPolicy(int port, TrafficPolicy policy) {}

    /** How a host is chosen. */
    public record LoadBalancer(
            @Nullable String simple,
            @Nullable ConsistentHash consistentHash,
            @Nullable Locality locality,
            @Nullable Duration warmupDuration,
            @Nullable Double warmupMinimumPercent,
            @Nullable Double warmupAggression) {
        static LoadBalancer read(Fields fields) {
            fields.skip("zoneAwareLbSetting");
            Double[] warmup = new Double[2];
            Duration[] duration = {fields.duration("warmupDurationSecs")};
            fields.message("warmup", w -> {
                duration[0] = w.duration("duration");
                warmup[0] = w.number("minimumPercent");
                warmup[1] = w.number("aggression");
                return w;
            });
            return new LoadBalancer(
                    fields.string("simple"),
                    fields.message("consistentHash", ConsistentHash::read),
                    fields.message("localityLbSetting", Locality::read),
                    duration[0],
                    warmup[0],
                    warmup[1]);
        }
    }

    /** Hashing. */
    public record ConsistentHash(
            @Nullable String header,
            @Nullable Cookie cookie,
            @Nullable Boolean sourceIp,
            @Nullable String query,
            @Nullable Long minimumRingSize,
            boolean maglev,
            @Nullable Long tableSize) {
        /** A cookie that is hashed. */
        public record Cookie(
                String name,
                @Nullable String path,
                @Nullable Duration ttl) {}

        static ConsistentHash read(Fields fields) {
            Long[] sizes = {fields.unsigned("minimumRingSize"), null};
            fields.message("ringHash", r -> {
                sizes[0] = r.unsigned("minimumRingSize");
                return r;
            });
            fields.message("maglev", m -> {
                sizes[1] = m.unsigned("tableSize");
                return m;
            });
            return new ConsistentHash(
                    fields.string("httpHeaderName"),
                    fields.message("httpCookie", c -> {
                        c.skip("attributes");
                        return new Cookie(c.string("name", ""), c.string("path"), c.duration("ttl"));
                    }),
                    fields.bool("useSourceIp"),
                    fields.string("httpQueryParameterName"),
                    sizes[0],
                    fields.has("maglev"),
                    sizes[1]);
        }
    }

    /** Preferences among places. */
    public record Locality(
            List<Distribute> distribute,
            Map<String, String> failover,
            List<String> failoverPriority,
            @Nullable Boolean enabled) {
        /** Shares by place for callers of one place. */
        public record Distribute(String from, Map<String, Integer> to) {}

        static Locality read(Fields fields) {
            Map<String, String> failover = new java.util.LinkedHashMap<>();
            fields.messages("failover", f -> failover.put(f.string("from", ""), f.string("to", "")));
            return new Locality(
                    fields.messages("distribute", d -> new Distribute(d.string("from", ""), shares(d))),
                    failover,
                    fields.strings("failoverPriority"),
                    fields.bool("enabled"));
        }

        private static Map<String, Integer> shares(Fields fields) {
            Map<String, Integer> shares = new java.util.LinkedHashMap<>();
            fields.stringMap("to").forEach((place, weight) -> {
                try {
                    shares.put(place, Integer.valueOf(weight));
                } catch (NumberFormatException e) {
                    fields.error("to", "whole numbers were expected");
                }
            });
            return shares;
        }
    }

    /** Limits. Zero and absent mean the default. */
    public record ConnectionPool(
            @Nullable Integer maxConnections,
            @Nullable Duration connectTimeout,
            @Nullable Integer http1MaxPendingRequests,
            @Nullable Integer http2MaxRequests,
            @Nullable Integer maxRequestsPerConnection,
            @Nullable Integer maxRetries,
            @Nullable Duration idleTimeout,
            @Nullable String h2UpgradePolicy,
            boolean useClientProtocol) {
        static ConnectionPool read(Fields fields) {
            Object[] tcp = new Object[2];
            fields.message("tcp", t -> {
                tcp[0] = t.int32("maxConnections");
                tcp[1] = t.duration("connectTimeout");
                t.skip("tcpKeepalive", "maxConnectionDuration", "idleTimeout");
                return t;
            });
            ConnectionPool[] http = new ConnectionPool[1];
            fields.message("http", h -> {
                h.skip("maxConcurrentStreams", "http2KeepAlive");
                http[0] = new ConnectionPool(
                        (Integer) tcp[0],
                        (Duration) tcp[1],
                        h.int32("http1MaxPendingRequests"),
                        h.int32("http2MaxRequests"),
                        h.int32("maxRequestsPerConnection"),
                        h.int32("maxRetries"),
                        h.duration("idleTimeout"),
                        h.string("h2UpgradePolicy"),
                        h.flag("useClientProtocol"));
                return h;
            });
            return http[0] != null
                    ? http[0]
                    : new ConnectionPool(
                            (Integer) tcp[0], (Duration) tcp[1], null, null, null, null, null, null, false);
        }
    }

    /** When a host is taken out. */
    public record Outlier(
            @Nullable Integer consecutive5xxErrors,
            @Nullable Integer consecutiveGatewayErrors,
            boolean splitExternalLocalOriginErrors,
            @Nullable Integer consecutiveLocalOriginFailures,
            @Nullable Duration interval,
            @Nullable Duration baseEjectionTime,
            @Nullable Integer maxEjectionPercent,
            @Nullable Integer minHealthPercent) {
        static Outlier read(Fields fields) {
            fields.skip("outlierDetectionHttpErrorCodes");
            Integer old = fields.int32("consecutiveErrors");
            Long five = fields.unsigned("consecutive5xxErrors");
            Long gateway = fields.unsigned("consecutiveGatewayErrors");
            Long local = fields.unsigned("consecutiveLocalOriginFailures");
            return new Outlier(
                    five == null ? old : Integer.valueOf(five.intValue()),
                    gateway == null ? null : gateway.intValue(),
                    fields.flag("splitExternalLocalOriginErrors"),
                    local == null ? null : local.intValue(),
                    fields.duration("interval"),
                    fields.duration("baseEjectionTime"),
                    fields.int32("maxEjectionPercent"),
                    fields.int32("minHealthPercent"));
        }
    }

    /** Encryption towards the hosts. */
    public record Tls(
            @Nullable String mode,
            @Nullable String sni,
            List<String> subjectAltNames,
            @Nullable String clientCertificate,
            @Nullable String privateKey,
            @Nullable String caCertificates,
            @Nullable String credentialName,
            boolean insecureSkipVerify,
            @Nullable String caCrl) {
        static Tls read(Fields fields) {
            return new Tls(
                    fields.string("mode"),
                    fields.string("sni"),
                    fields.strings("subjectAltNames"),
                    fields.string("clientCertificate"),
                    fields.string("privateKey"),
                    fields.string("caCertificates"),
                    fields.string("credentialName"),
                    fields.flag("insecureSkipVerify"),
                    fields.string("caCrl"));
        }
    }

    /** Retries as a share of what is in flight. */
    public record RetryBudget(
            @Nullable Double percent, @Nullable Integer minRetryConcurrency) {
        static RetryBudget read(Fields fields) {
            fields.skip("budgetInterval");
            return new RetryBudget(fields.number("percent"), fields.int32("minRetryConcurrency"));
        }
    }

    static TrafficPolicy read(Fields fields) {
        fields.skip("tunnel", "proxyProtocol");
        return blocks(fields, fields.messages("portLevelSettings", p -> {
            Integer port = p.message("port", number -> {
                Long value = number.unsigned("number");
                return value == null ? Integer.valueOf(0) : Integer.valueOf(value.intValue());
            });
            return new PortPolicy(port == null ? 0 : port, blocks(p, List.of()));
        }));
    }

    private static TrafficPolicy blocks(Fields fields, List<PortPolicy> ports) {
        return new TrafficPolicy(
                fields.message("loadBalancer", LoadBalancer::read),
                fields.message("connectionPool", ConnectionPool::read),
                fields.message("outlierDetection", Outlier::read),
                fields.message("tls", Tls::read),
                ports,
                fields.message("retryBudget", RetryBudget::read));
    }
}
