package dev.weft.grpc.contract;

import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.call.CallContract;

final class GrpcCallMutualTlsTest extends CallContract {
    GrpcCallMutualTlsTest() throws Exception {
        super(new GrpcProtocol(), new MutualTls());
    }
}
