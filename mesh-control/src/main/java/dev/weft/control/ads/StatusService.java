package dev.weft.control.ads;

import dev.weft.proto.envoy.config.core.v3.Node;
import dev.weft.proto.envoy.service.status.v3.ClientStatusDiscoveryServiceGrpc.ClientStatusDiscoveryServiceImplBase;
import dev.weft.proto.envoy.service.status.v3.ClientStatusRequest;
import dev.weft.proto.envoy.service.status.v3.ClientStatusResponse;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusException;
import io.grpc.stub.StreamObserver;
import java.util.Comparator;
import java.util.function.Predicate;

/** The Client Status Discovery Service: who is connected, and what they accepted and refused. Who may ask is the port's matter. */
final class StatusService implements BindableService {
    private final AdsContext context;

    StatusService(AdsContext context) {
        this.context = context;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return new Service().bindService();
    }

    private ClientStatusResponse answer(ClientStatusRequest request) throws StatusException {
        Predicate<Node> filter = NodeFilter.of(request.getNodeMatchersList());
        ClientStatusResponse.Builder response = ClientStatusResponse.newBuilder();
        context.streams().stream()
                .map(ClientStream::status)
                .filter(status -> status != null && filter.test(status.rawNode()))
                .sorted(Comparator.comparing(status -> status.node().displayName()))
                .forEach(status -> response.addConfig(ClientConfigs.of(status)));
        return response.build();
    }

    private final class Service extends ClientStatusDiscoveryServiceImplBase {
        @Override
        public void fetchClientStatus(ClientStatusRequest request, StreamObserver<ClientStatusResponse> out) {
            try {
                out.onNext(answer(request));
                out.onCompleted();
            } catch (StatusException e) {
                out.onError(e);
            }
        }

        @Override
        public StreamObserver<ClientStatusRequest> streamClientStatus(StreamObserver<ClientStatusResponse> out) {
            return new StreamObserver<>() {
                @Override
                public void onNext(ClientStatusRequest request) {
                    try {
                        out.onNext(answer(request));
                    } catch (StatusException e) {
                        out.onError(e);
                    }
                }

                @Override
                public void onError(Throwable cancelled) {
                    // The client went away; there is nothing to clean up.
                }

                @Override
                public void onCompleted() {
                    out.onCompleted();
                }
            };
        }
    }
}
