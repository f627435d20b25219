/**
 * Stock grpc-xds on the mesh's own stream, identity and disk: {@link dev.weft.grpc.bridge.MeshXdsBridge} answers its control plane
 * requests within the process. Experimental: it stands on parts of grpc-java that are public but not promised, all of which are named in
 * {@code GrpcXds}.
 *
 * <p>In come the resources that the control plane serves to stock gRPC libraries, on the mesh's control thread, and requests of grpc-xds,
 * on gRPC's threads; each stream is a monitor between the two.
 */
@NullMarked
package dev.weft.grpc.bridge;

import org.jspecify.annotations.NullMarked;
