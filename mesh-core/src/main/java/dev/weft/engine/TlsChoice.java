package dev.weft.engine;

import dev.weft.config.Cluster;
import dev.weft.config.UpstreamTls;
import dev.weft.identity.UsableIdentity;
import dev.weft.upstream.Host;
import org.jspecify.annotations.Nullable;

/** How an attempt is encrypted, and why it may not be made at all. There is no way from here to plaintext by accident. */
final class TlsChoice {
    private TlsChoice() {}

    /** What the configuration demands towards this host, or null: plaintext. */
    static @Nullable UpstreamTls of(Cluster cluster, Host host) {
        if (cluster.tls() != null) {
            return cluster.tls();
        }
        UpstreamTls auto = cluster.autoTls();
        return auto != null && "istio".equals(host.endpoint().metadata().get("tlsMode")) ? auto : null;
    }

    /**
     * What is missing, or null when the attempt may be made.
     *
     * @param demanded the caller wrote {@code https}
     * @param own who this process is
     */
    static @Nullable String missing(
            @Nullable UpstreamTls tls, boolean demanded, Abilities abilities, UsableIdentity own) {
        if (tls == null) {
            return demanded
                    ? "https was demanded, but the configuration has no TLS for this host: it is set to plaintext or its"
                            + " server takes no TLS; write http:// if that is meant"
                    : null;
        }
        if (!abilities.tls()) {
            return "TLS (" + tls.mode() + ") is demanded, but the client in use cannot be told to encrypt";
        }
        if (tls.mode() == UpstreamTls.Mode.ISTIO_MUTUAL) {
            String problem = own.problem();
            return problem == null ? null : "mutual TLS (ISTIO_MUTUAL) is demanded, but " + problem;
        }
        return null;
    }
}
