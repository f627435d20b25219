package dev.weft.grpc.link;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.UpstreamTls;
import dev.weft.engine.Attempt;
import dev.weft.request.Authority;
import dev.weft.upstream.Host;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What attempts must have in common to share a connection.
 *
 * @param host of one cluster; clusters do not share connections, because the engine counts for each
 * @param meshed false: a host that the mesh does not know, reached as the user's builder says
 * @param tls null: plaintext, or not ours to say
 * @param serverName shown to the server and checked; empty in plaintext
 * @param epoch of the certificates
 */
record LinkKey(Host host, boolean meshed, @Nullable UpstreamTls tls, String serverName, long epoch) {

    /** @param authority that the attempt bears */
    static LinkKey of(Attempt attempt, String authority, @Nullable LinkTls certificates) {
        Host host = attempt.host();
        if (host.cluster().equals(MeshSnapshot.PASSTHROUGH_CLUSTER)) {
            return new LinkKey(host, false, null, "", 0);
        }
        UpstreamTls tls = attempt.tls();
        return tls == null
                ? new LinkKey(host, true, null, "", 0)
                : new LinkKey(
                        host,
                        true,
                        tls,
                        serverName(tls, authority),
                        certificates == null ? 0 : certificates.epoch(tls));
    }

    private static String serverName(UpstreamTls tls, String authority) {
        if (!tls.sni().isEmpty()) {
            return tls.sni();
        }
        String host = Authority.host(authority);
        // A name's end is no part of what a certificate bears.
        return (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).toLowerCase(Locale.ROOT);
    }

    /** What stays when the way to a host changes: of all keys for one place only the newest is in force. */
    Place place() {
        return new Place(host, serverName);
    }

    record Place(Host host, String serverName) {}

    /** Of what tells keys apart in practice: looked up with every attempt, which the lists of names would make slow. */
    @Override
    public int hashCode() {
        return (host.hashCode() * 31 + serverName.hashCode()) * 31 + Long.hashCode(epoch);
    }
}
