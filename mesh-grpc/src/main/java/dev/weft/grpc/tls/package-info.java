/**
 * What the transports' negotiators share: the certificates of the mesh as connections of gRPC channels use them, and what servers learn from
 * handshakes. Nothing here knows a transport.
 */
@NullMarked
package dev.weft.grpc.tls;

import org.jspecify.annotations.NullMarked;
