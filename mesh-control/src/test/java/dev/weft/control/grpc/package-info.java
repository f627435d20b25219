/**
 * gRPC's own xDS interop scenarios, played on the real control plane by Istio YAML. A client is a class that says how it is started; the
 * scenarios are the same for all, and what a client does not pass is recorded in {@code docs/grpc-interop.md} with the reason.
 */
@NullMarked
package dev.weft.control.grpc;

import org.jspecify.annotations.NullMarked;
