package dev.weft.control.ads;

import dev.weft.proto.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import java.util.function.Function;

/** The Aggregated Discovery Service over gRPC, in both dialects. Requests are read one at a time, each after the other. */
final class AdsService implements BindableService {
    private final AdsContext context;

    AdsService(AdsContext context) {
        this.context = context;
    }

    @Override
    public ServerServiceDefinition bindService() {
        var delta = encoded(AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod());
        var sotw = encoded(AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod());
        ServiceDescriptor service = ServiceDescriptor.newBuilder(AggregatedDiscoveryServiceGrpc.SERVICE_NAME)
                .addMethod(delta)
                .addMethod(sotw)
                .build();
        return ServerServiceDefinition.builder(service)
                .addMethod(delta, (call, headers) -> accept(call, Dialect.DELTA, Incoming::of))
                .addMethod(sotw, (call, headers) -> accept(call, Dialect.SOTW, Incoming::of))
                .build();
    }

    /** The same method, with responses that are encoded already. */
    private static <Q, A> MethodDescriptor<Q, EncodedResponse> encoded(MethodDescriptor<Q, A> method) {
        return method.toBuilder(method.getRequestMarshaller(), EncodedResponse.MARSHALLER)
                .build();
    }

    private <Q> ServerCall.Listener<Q> accept(
            ServerCall<Q, EncodedResponse> call, Dialect dialect, Function<Q, Incoming> read) {
        ClientStream stream = new ClientStream(context, dialect, new CallOutlet(call), Proof.ofCurrentCall());
        if (!context.admit(stream)) {
            call.close(
                    Status.UNAVAILABLE.withDescription(
                            "there are " + context.options.maxStreams() + " streams already, the most here"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        call.sendHeaders(new Metadata());
        call.request(1);
        return new ServerCall.Listener<>() {
            @Override
            public void onMessage(Q message) {
                stream.request(read.apply(message));
            }

            @Override
            public void onReady() {
                stream.ready();
            }

            @Override
            public void onHalfClose() {
                stream.close(Status.OK);
            }

            @Override
            public void onCancel() {
                stream.closed();
            }

            @Override
            public void onComplete() {
                stream.closed();
            }
        };
    }

    private record CallOutlet(ServerCall<?, EncodedResponse> call) implements Outlet {
        @Override
        public boolean isReady() {
            return call.isReady();
        }

        @Override
        public void send(EncodedResponse response) {
            // A call that the client has just cancelled throws no exception here; onCancel follows.
            call.sendMessage(response);
        }

        @Override
        public void read() {
            call.request(1);
        }

        @Override
        public void close(Status status) {
            if (!call.isCancelled()) {
                call.close(status, new Metadata());
            }
        }
    }
}
