package dev.weft.control.grpc;

import dev.weft.Mesh;
import dev.weft.grpc.MeshChannel;
import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.List;

/** Weft's channel. */
final class WeftClient implements GrpcClient {
    private final Mesh mesh;
    private final List<ManagedChannel> channels = new ArrayList<>();

    WeftClient(Mesh mesh) {
        this.mesh = mesh;
    }

    @Override
    public ManagedChannel channel(String service, int port) {
        ManagedChannel channel = MeshChannel.to(mesh, service + ":" + port);
        channels.add(channel);
        return channel;
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        mesh.close();
    }
}
