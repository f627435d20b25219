package dev.weft.grpc.contract;

import dev.weft.http.kit.call.CallContract;

final class GrpcCallTest extends CallContract {
    GrpcCallTest() {
        super(new GrpcProtocol(), null);
    }
}
