package dev.weft.engine;

import dev.weft.config.Cluster;
import dev.weft.config.UpstreamTls;
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
     */
    static @Nullable String missing(@Nullable UpstreamTls tls, boolean demanded, Abilities abilities) {
        if (tls == null) {
            return demanded ? "https was demanded, but the configuration has no TLS for it" : null;
        }
        if (!abilities.tls()) {
            return "TLS (" + tls.mode() + ") is demanded, but the client in use cannot be told to encrypt";
        }
        if (tls.mode() != UpstreamTls.Mode.SIMPLE) {
            return "mutual TLS (" + tls.mode() + ") is demanded, but this process has no identity (certificate) yet";
        }
        return null;
    }
}
