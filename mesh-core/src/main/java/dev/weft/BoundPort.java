package dev.weft;

import dev.weft.config.Encryption;

/**
 * A port that this process serves, as the registry is told.
 *
 * @param name Istio's port name
 * @param protocol as Istio names it
 * @param servicePort that callers write
 * @param address IP literal at which others reach it
 * @param port it is bound to
 * @param encryption what it takes
 */
record BoundPort(String name, String protocol, int servicePort, String address, int port, Encryption encryption) {}
