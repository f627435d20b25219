/**
 * The ports of the control plane: gRPC with the bounds that keep one client from harming the others, in plaintext for this machine and
 * over TLS for all. In: services and an identity. Out: calls, with a TLS session whose certificates were judged.
 *
 * <p>Threads: Netty's event loops read and write; handshakes are computed on two threads of their own, so that a flood of them
 * holds up no stream; handlers run on a few threads and never wait.
 */
@NullMarked
package dev.weft.control.endpoint;

import org.jspecify.annotations.NullMarked;
