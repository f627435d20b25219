package dev.weft.config;

/** Which connections a workload's port takes: Istio's PeerAuthentication. */
public enum TlsMode {
    /** TLS with a certificate of the mesh, nothing else. */
    STRICT,
    /** That, and plaintext. */
    PERMISSIVE,
    /** Plaintext only. */
    DISABLE
}
