package dev.weft.control.grpc;

import dev.weft.Mesh;
import dev.weft.grpc.bridge.MeshXdsBridge;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.xds.XdsChannelCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** gRPC-Java's own xDS client, fed from a mesh in its process. */
final class BridgedClient implements GrpcClient {
    private final Mesh mesh;
    private final List<ManagedChannel> channels = new ArrayList<>();

    BridgedClient(Mesh mesh) {
        this.mesh = mesh;
        MeshXdsBridge.install(mesh);
    }

    @Override
    public ManagedChannel channel(String service, int port) {
        ManagedChannel channel = Grpc.newChannelBuilder(
                        "xds:///" + service + ":" + port,
                        XdsChannelCredentials.create(InsecureChannelCredentials.create()))
                .build();
        channels.add(channel);
        return channel;
    }

    @Override
    public void close() throws InterruptedException {
        channels.forEach(ManagedChannel::shutdownNow);
        for (ManagedChannel channel : channels) {
            channel.awaitTermination(5, TimeUnit.SECONDS);
        }
        mesh.close();
    }
}
