package dev.weft.spring.server;

/** Says of each new connection, by the policy of that moment, whether it is taken. Safe for use from any thread. */
@FunctionalInterface
public interface PortGate {

    /**
     * Whether a connection must be closed without an answer.
     *
     * @param localPort where it came in
     * @param encrypted whether it begins with TLS
     */
    boolean refuses(int localPort, boolean encrypted);
}
