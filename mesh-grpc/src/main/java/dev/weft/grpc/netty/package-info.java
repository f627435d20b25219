/**
 * TLS of the mesh in grpc-netty: what is done on a connection before HTTP/2 is spoken, on both sides. One source serves both of
 * gRPC's Netty transports: the build makes the second package of it. Comes in: the {@link dev.weft.grpc.link.LinkSecurity} of an address, the
 * {@link dev.weft.grpc.server.Admission} of a port; goes out: connections whose peers have proved who they are. Handlers run on the
 * connection's event loop and never block.
 */
@NullMarked
package dev.weft.grpc.netty;

import org.jspecify.annotations.NullMarked;
