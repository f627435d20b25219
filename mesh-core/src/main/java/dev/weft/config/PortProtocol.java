package dev.weft.config;

/** What is spoken on a port of a service, as far as calls have to know that name no port. */
public enum PortProtocol {
    /** HTTP in whichever version, or nobody said. */
    HTTP,
    GRPC,
    /** The caller encrypts by himself. */
    TLS,
    /** Something else. */
    TCP
}
