/** Tests of clients that speak gRPC. */
@NullMarked
package dev.weft.spring.declared.grpc;

import org.jspecify.annotations.NullMarked;
