package dev.weft.control.validate.rules;

import java.util.List;

/** Limits of connections and requests. */
final class ConnectionPoolRules {
    private ConnectionPoolRules() {}

    static void check(Place pool) {
        if (!pool.present()) {
            return;
        }
        Place http = pool.get("http");
        Place tcp = pool.get("tcp");
        if (!http.present() && !tcp.present()) {
            pool.error("http or tcp was expected");
        }
        List.of("http1MaxPendingRequests", "http2MaxRequests", "maxRequestsPerConnection", "maxRetries")
                .forEach(name -> positive(http.get(name)));
        positive(http.get("maxConcurrentStreams"));
        Values.duration(http.get("idleTimeout"));
        if (http.get("h2UpgradePolicy").is("UPGRADE")
                && http.get("useClientProtocol").flag()) {
            http.get("useClientProtocol").error("UPGRADE decides the protocol already");
        }
        Place keepAlive = http.get("http2KeepAlive");
        if (keepAlive.present()) {
            required(keepAlive.get("interval"));
            required(keepAlive.get("timeout"));
        }
        positive(tcp.get("maxConnections"));
        Values.duration(tcp.get("connectTimeout"));
        Values.duration(tcp.get("maxConnectionDuration"));
        java.time.Duration idle = tcp.get("idleTimeout").duration();
        if (idle != null && idle.toMillis() != 0) {
            Values.duration(tcp.get("idleTimeout"));
        }
        Values.duration(tcp.get("tcpKeepalive").get("time"));
        Values.duration(tcp.get("tcpKeepalive").get("interval"));
    }

    private static void required(Place duration) {
        if (!duration.present()) {
            duration.error("a duration was expected");
        }
        Values.duration(duration);
    }

    private static void positive(Place count) {
        if (count.number() < 0) {
            count.error("0 or more was expected");
        }
    }
}
