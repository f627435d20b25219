/**
 * gRPC-Java on the same engine as HTTP: channels whose calls the engine routes, servers whose calls the mesh admits, and a bridge that
 * feeds grpc-xds from Weft's own stream.
 */
@NullMarked
package dev.weft.grpc;

import org.jspecify.annotations.NullMarked;
