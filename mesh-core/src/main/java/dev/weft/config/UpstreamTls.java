package dev.weft.config;

import java.util.List;

/**
 * How connections to a cluster are encrypted. An attempt that needs what the process lacks is refused, never sent in
 * plaintext.
 *
 * @param mode what is presented and checked
 * @param sni server name, or empty: the request's host
 * @param subjectAltNames identities or names of which the server must show one; empty = any workload of a known trust domain
 *     (ISTIO_MUTUAL), else the server name
 * @param alpn offered, in order; empty = by protocol
 * @param files certificates that are not the mesh's
 * @param unverified the server need not prove who it is: DestinationRule {@code insecureSkipVerify}
 */
public record UpstreamTls(
        Mode mode, String sni, List<String> subjectAltNames, List<String> alpn, Files files, boolean unverified) {

    /** It announces a TCP preamble, which is not spoken here: agreed on, it would garble every request. */
    public static final String PEER_EXCHANGE = "istio-peer-exchange";

    /** Fails with {@link IllegalArgumentException} if its parts contradict each other. */
    public UpstreamTls {
        subjectAltNames = List.copyOf(subjectAltNames);
        alpn = List.copyOf(alpn);
        if (alpn.contains(PEER_EXCHANGE)) {
            throw new IllegalArgumentException("ALPN " + alpn + ": anything but " + PEER_EXCHANGE + " was expected");
        }
        if ((mode == Mode.MUTUAL) == files.clientCertificate().isEmpty()) {
            throw new IllegalArgumentException(mode + " with " + files
                    + ": a client certificate and its key were expected with MUTUAL, and only there");
        }
        if (mode == Mode.ISTIO_MUTUAL && (unverified || !files.equals(Files.NONE))) {
            throw new IllegalArgumentException("ISTIO_MUTUAL knows no files and no unverified servers");
        }
        if (unverified && (!subjectAltNames.isEmpty() || !files.caCertificates().isEmpty())) {
            throw new IllegalArgumentException("no names and no roots were expected where the server is not verified");
        }
    }

    /** Without files. */
    public UpstreamTls(Mode mode, String sni, List<String> subjectAltNames, List<String> alpn) {
        this(mode, sni, subjectAltNames, alpn, Files.NONE, false);
    }

    /**
     * PEM files on the machine of the client. They are read again when they change.
     *
     * @param clientCertificate own chain, the leaf first; empty = none
     * @param privateKey the leaf's, PKCS#8; empty = none
     * @param caCertificates roots of the server; empty = those of the JVM
     */
    public record Files(String clientCertificate, String privateKey, String caCertificates) {
        public static final Files NONE = new Files("", "", "");

        /** Fails with {@link IllegalArgumentException} if a certificate comes without its key or a key without one. */
        public Files {
            if (clientCertificate.isEmpty() != privateKey.isEmpty()) {
                throw new IllegalArgumentException("client certificate '" + clientCertificate + "' and private key '"
                        + privateKey + "': both or none were expected");
            }
        }
    }

    /** Istio's words. */
    public enum Mode {
        /** The server shows a certificate. */
        SIMPLE,
        /** Both sides do, ours from files. */
        MUTUAL,
        /** Both sides show identities of the mesh. */
        ISTIO_MUTUAL
    }
}
