/** What channels and servers know alike about gRPC's metadata. */
@NullMarked
package dev.weft.grpc.metadata;

import org.jspecify.annotations.NullMarked;
