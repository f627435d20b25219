package dev.weft.samples.bookinfo;

import dev.weft.grpc.MeshGrpc;
import dev.weft.samples.bookinfo.page.Hop;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Says in the head of each answer which instance gives it, and whom it took the caller for. */
final class SaysWho implements ServerInterceptor {
    private static final Metadata.Key<String> SERVED_BY =
            Metadata.Key.of(Hop.SERVED_BY, Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> CALLED_BY =
            Metadata.Key.of(Hop.CALLED_BY, Metadata.ASCII_STRING_MARSHALLER);

    private final String instance;

    SaysWho(String instance) {
        this.instance = instance;
    }

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
            ServerCall<A, B> call, Metadata metadata, ServerCallHandler<A, B> next) {
        String caller = MeshGrpc.CALLER.get().getName();
        return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public void sendHeaders(Metadata head) {
                        head.put(SERVED_BY, instance);
                        head.put(CALLED_BY, caller);
                        super.sendHeaders(head);
                    }
                },
                metadata);
    }
}
