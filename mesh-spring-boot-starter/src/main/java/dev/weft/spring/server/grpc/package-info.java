/** Calls in over gRPC: the servers that Spring gRPC starts, guarded. */
@NullMarked
package dev.weft.spring.server.grpc;

import org.jspecify.annotations.NullMarked;
