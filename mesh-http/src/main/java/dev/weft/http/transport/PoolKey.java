package dev.weft.http.transport;

import dev.weft.config.Cluster;
import dev.weft.config.UpstreamTls;
import dev.weft.tls.ClientCertificates;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What connections must have in common to be exchangeable.
 *
 * @param cluster name; clusters do not share connections, because each has limits of its own
 * @param address of the host
 * @param protocol said for the cluster
 * @param tls setting, or null for plaintext
 * @param serverName shown to the server and checked; empty in plaintext
 * @param tlsEpoch number of the certificates in use; 0 if there are none that change
 */
record PoolKey(
        String cluster,
        String address,
        Cluster.Protocol protocol,
        @Nullable UpstreamTls tls,
        String serverName,
        long tlsEpoch) {

    static PoolKey of(Transfer transfer, ClientCertificates certificates) {
        UpstreamTls tls = transfer.tls;
        return new PoolKey(
                transfer.cluster.name(),
                transfer.host.address(),
                transfer.cluster.protocol(),
                tls,
                tls == null ? "" : serverName(tls, transfer),
                certificates.epoch(tls));
    }

    private static String serverName(UpstreamTls tls, Transfer transfer) {
        if (!tls.sni().isEmpty()) {
            return tls.sni();
        }
        String host = transfer.head.host();
        // A name's end is no part of what a certificate bears.
        return (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).toLowerCase(Locale.ROOT);
    }

    /** What is offered and expected on a connection. */
    Wire wire() {
        if (protocol == Cluster.Protocol.HTTP2) {
            return Wire.HTTP2;
        }
        if (tls == null || protocol == Cluster.Protocol.HTTP1) {
            // Only TLS can ask (ALPN); in plaintext HTTP/1.1 is what every server understands.
            return Wire.HTTP1;
        }
        // A sidecar would speak to its application as it is spoken to, which may know no HTTP/2.
        boolean sidecarPassesOn =
                protocol == Cluster.Protocol.DOWNSTREAM && tls.mode() == UpstreamTls.Mode.ISTIO_MUTUAL;
        return sidecarPassesOn ? Wire.HTTP1 : Wire.ASK;
    }

    /** What stays when the way to a host changes: of all keys for one place only the newest is in force. */
    Place place() {
        return new Place(cluster, address, serverName);
    }

    record Place(String cluster, String address, String serverName) {}

    /** Of what tells keys apart in practice: looked up with every request, which the lists of names would make slow. */
    @Override
    public int hashCode() {
        return (cluster.hashCode() * 31 + address.hashCode()) * 31 + Long.hashCode(tlsEpoch);
    }

    /** Which protocol a new connection will speak. */
    enum Wire {
        HTTP1,
        HTTP2,
        /** Both are offered by ALPN; the server chooses. */
        ASK
    }
}
