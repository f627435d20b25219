package dev.weft.config;

import java.util.List;

/**
 * How connections to a cluster are encrypted. An attempt that needs what the process lacks is refused, never sent in
 * plaintext.
 *
 * @param mode what is presented and checked
 * @param sni server name, or empty
 * @param subjectAltNames identities or names of which the server must show one; empty = by mode
 * @param alpn offered, in order; empty = by protocol
 */
public record UpstreamTls(Mode mode, String sni, List<String> subjectAltNames, List<String> alpn) {
    public UpstreamTls {
        subjectAltNames = List.copyOf(subjectAltNames);
        alpn = List.copyOf(alpn);
    }

    /** Istio's words. */
    public enum Mode {
        SIMPLE,
        MUTUAL,
        ISTIO_MUTUAL
    }
}
