package dev.weft.grpc.bridge;

import dev.weft.config.StockResources;
import dev.weft.proto.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase;
import dev.weft.proto.envoy.service.discovery.v3.DiscoveryRequest;
import dev.weft.proto.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** The control plane that grpc-xds sees: in the variant that it speaks, state of the world. */
final class XdsService extends AggregatedDiscoveryServiceImplBase {
    private final StockResources resources;
    private final Notices notices;

    XdsService(StockResources resources, Notices notices) {
        this.resources = resources;
        this.notices = notices;
    }

    @Override
    public StreamObserver<DiscoveryRequest> streamAggregatedResources(StreamObserver<DiscoveryResponse> responses) {
        // Without this an answer that crosses the client's goodbye would be an exception.
        ((ServerCallStreamObserver<DiscoveryResponse>) responses).setOnCancelHandler(() -> {});
        return new XdsStream(resources, notices, responses);
    }
}
