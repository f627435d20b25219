package dev.weft.grpc.bridge;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.MethodDescriptor;

/**
 * Leaves it to the mesh to say when a resource counts as missing. grpc-xds has a clock of its own for each, of 15 s, and while it runs it
 * does not believe that a resource does not exist, so that calls wait. Whether it runs depends on how fast the two sides of the stream
 * are: it is started only when the stream is ready for more just after a request. So here no stream is, once it has begun; what is sent
 * goes out all the same.
 */
final class MeshsClock implements ClientInterceptor {
    @Override
    public <ReqT, RespT> ClientCall<ReqT, RespT> interceptCall(
            MethodDescriptor<ReqT, RespT> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            private volatile boolean begun;

            @Override
            public void sendMessage(ReqT message) {
                begun = true;
                super.sendMessage(message);
            }

            @Override
            public boolean isReady() {
                return !begun && super.isReady();
            }
        };
    }
}
