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

    private static boolean isPort(int number) {
        return number >= 1 && number <= 65_535;
    }

    /**
     * All connected clients, by name.
     *
     * @throws IllegalArgumentException if the server is not HOST:PORT
     * @throws io.grpc.StatusRuntimeException if it cannot be asked
     */
    static List<ProxyStatus> fetch(String server) {
        int colon = server.lastIndexOf(':');
        String port = server.substring(colon + 1);
        if (colon < 1 || server.contains("/") || !port.matches("\\d{1,5}") || !isPort(Integer.parseInt(port))) {
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
