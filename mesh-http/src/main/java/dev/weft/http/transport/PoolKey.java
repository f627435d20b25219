package dev.weft.http.transport;

import dev.weft.config.Cluster;
import dev.weft.config.UpstreamTls;
import org.jspecify.annotations.Nullable;

/**
 * What connections must have in common to be exchangeable.
 *
 * @param cluster name; clusters do not share connections, because each has limits of its own
 * @param address of the host
 * @param protocol said for the cluster
 * @param tls setting, or null for plaintext
 * @param tlsEpoch number of the certificates in use; 0 as long as there are none of our own
 */
record PoolKey(
        String cluster,
        String address,
        Cluster.Protocol protocol,
        @Nullable UpstreamTls tls,
        int tlsEpoch) {

    static PoolKey of(Transfer transfer) {
        return new PoolKey(
                transfer.cluster.name(), transfer.host.address(), transfer.cluster.protocol(), transfer.tls, 0);
    }

    /** What is offered and expected on a connection. */
    Wire wire() {
        if (protocol == Cluster.Protocol.HTTP2) {
            return Wire.HTTP2;
        }
        // Only TLS can ask (ALPN); in plaintext HTTP/1.1 is what every server understands.
        return tls == null || protocol == Cluster.Protocol.HTTP1 ? Wire.HTTP1 : Wire.ASK;
    }

    /** Which protocol a new connection will speak. */
    enum Wire {
        HTTP1,
        HTTP2,
        /** Both are offered by ALPN; the server chooses. */
        ASK
    }
}
