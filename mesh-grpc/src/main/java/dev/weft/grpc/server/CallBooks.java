package dev.weft.grpc.server;

import dev.weft.Mesh;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;

/** Makes a book for each stream. */
final class CallBooks extends ServerStreamTracer.Factory {
    private final Mesh mesh;

    CallBooks(Mesh mesh) {
        this.mesh = mesh;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        return new CallBook(mesh, fullMethodName, headers);
    }
}
