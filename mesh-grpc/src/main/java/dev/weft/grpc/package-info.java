/**
 * gRPC-Java on the same engine as HTTP: a channel whose calls the engine routes, a server interceptor that guards inbound
 * calls, and a bridge that feeds grpc-xds from Weft's own stream. No code lives here yet.
 */
@NullMarked
package dev.weft.grpc;

import org.jspecify.annotations.NullMarked;
