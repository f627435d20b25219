/** The contract of calls that HTTP keeps too, for gRPC. */
@NullMarked
package dev.weft.grpc.contract;

import org.jspecify.annotations.NullMarked;
