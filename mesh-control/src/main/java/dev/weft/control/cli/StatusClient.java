package dev.weft.control.cli;

import dev.weft.proto.envoy.service.status.v3.ClientStatusDiscoveryServiceGrpc;
import dev.weft.proto.envoy.service.status.v3.ClientStatusRequest;
import io.grpc.Channel;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks a control plane's client status service once. */
final class StatusClient {
    private StatusClient() {}

    /**
     * All connected clients, by name.
     *
     * @throws io.grpc.StatusRuntimeException if it cannot be asked
     */
    static List<ProxyStatus> fetch(Channel channel) {
        return ClientStatusDiscoveryServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(Asking.timeoutSeconds(), TimeUnit.SECONDS)
                .fetchClientStatus(ClientStatusRequest.getDefaultInstance())
                .getConfigList()
                .stream()
                .map(ProxyStatus::of)
                .toList();
    }
}
