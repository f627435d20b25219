/**
 * Guards gRPC servers: who may connect, who may call what, until when, and what is told about it.
 */
@NullMarked
package dev.weft.grpc.server;

import org.jspecify.annotations.NullMarked;
