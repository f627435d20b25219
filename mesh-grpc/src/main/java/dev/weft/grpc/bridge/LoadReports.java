package dev.weft.grpc.bridge;

import dev.weft.proto.envoy.service.load_stats.v3.LoadReportingServiceGrpc.LoadReportingServiceImplBase;
import dev.weft.proto.envoy.service.load_stats.v3.LoadStatsRequest;
import dev.weft.proto.envoy.service.load_stats.v3.LoadStatsResponse;
import io.grpc.stub.StreamObserver;

/**
 * Takes the streams of load reports and asks for no report, so that none is made. A cluster names a server for them because gRPC-Java counts
 * calls, by which it limits them, only there; without this service it would try again and again.
 */
final class LoadReports extends LoadReportingServiceImplBase {
    @Override
    public StreamObserver<LoadStatsRequest> streamLoadStats(StreamObserver<LoadStatsResponse> responses) {
        return new StreamObserver<>() {
            @Override
            public void onNext(LoadStatsRequest request) {}

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onCompleted() {
                responses.onCompleted();
            }
        };
    }
}
