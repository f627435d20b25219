/** Spring gRPC on the mesh, both sides. */
@NullMarked
package dev.weft.spring.grpc;

import org.jspecify.annotations.NullMarked;
