package dev.weft.control.cli;

import dev.weft.proto.envoy.service.status.v3.ClientStatusDiscoveryServiceGrpc;
import dev.weft.proto.envoy.service.status.v3.ClientStatusRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks a control plane's client status service once. */
final class StatusClient {
    private static final int TIMEOUT_SECONDS = 10;
    /** Ten thousand clients with some refusals each. */
    private static final int MAX_ANSWER_BYTES = 64 << 20;

    private StatusClient() {}

    /**
     * All connected clients, by name.
     *
     * @throws IllegalArgumentException if the server is not HOST:PORT
     * @throws io.grpc.StatusRuntimeException if it cannot be asked
     */
    static List<ProxyStatus> fetch(String server) {
        int colon = server.lastIndexOf(':');
        if (colon < 1 || !server.substring(colon + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException("is " + server + ", expected HOST:PORT");
        }
        ManagedChannel channel = NettyChannelBuilder.forTarget(server)
                .usePlaintext()
                .maxInboundMessageSize(MAX_ANSWER_BYTES)
                .build();
        try {
            return ClientStatusDiscoveryServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .fetchClientStatus(ClientStatusRequest.getDefaultInstance())
                    .getConfigList()
                    .stream()
                    .map(ProxyStatus::of)
                    .toList();
        } finally {
            channel.shutdownNow();
        }
    }
}
