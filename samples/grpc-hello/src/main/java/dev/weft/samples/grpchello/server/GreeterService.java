package dev.weft.samples.grpchello.server;

import dev.weft.grpc.MeshGrpc;
import dev.weft.samples.grpchello.api.GreeterGrpc;
import dev.weft.samples.grpchello.api.HelloReply;
import dev.weft.samples.grpchello.api.HelloRequest;
import io.grpc.stub.StreamObserver;
import org.springframework.grpc.server.service.GrpcService;

/** Greets every caller by the identity that the caller's certificate proves. */
@GrpcService
public class GreeterService extends GreeterGrpc.GreeterImplBase {
    @Override
    public void hello(HelloRequest request, StreamObserver<HelloReply> reply) {
        String caller = MeshGrpc.CALLER.get().getName();
        reply.onNext(HelloReply.newBuilder().setText("hello, " + caller).build());
        reply.onCompleted();
    }
}
