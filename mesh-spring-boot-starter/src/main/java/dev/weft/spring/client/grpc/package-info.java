/**
 * Channels that Spring gRPC makes, on the application's mesh. In comes each builder with the name under which the application asked for the
 * channel; which of its calls are the mesh's is decided by the mesh.
 */
@NullMarked
package dev.weft.spring.client.grpc;

import org.jspecify.annotations.NullMarked;
