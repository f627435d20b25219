package dev.weft.control.ads;

import com.google.protobuf.Duration;
import dev.weft.proto.envoy.service.load_stats.v3.LoadReportingServiceGrpc.LoadReportingServiceImplBase;
import dev.weft.proto.envoy.service.load_stats.v3.LoadStatsRequest;
import dev.weft.proto.envoy.service.load_stats.v3.LoadStatsResponse;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;

/**
 * Takes load reports, asks for none, and keeps none. gRPC-Java counts the calls of a cluster, by which it limits them, only where the cluster
 * has a load report server; see {@code ClusterWriter}.
 */
final class LoadReports implements BindableService {
    /** A client may report nothing so often, not more. */
    private static final long INTERVAL_SECONDS = 3_600;

    private static final LoadStatsResponse NONE = LoadStatsResponse.newBuilder()
            .setLoadReportingInterval(Duration.newBuilder().setSeconds(INTERVAL_SECONDS))
            .build();

    @Override
    public ServerServiceDefinition bindService() {
        return new Service().bindService();
    }

    private static final class Service extends LoadReportingServiceImplBase {
        @Override
        public StreamObserver<LoadStatsRequest> streamLoadStats(StreamObserver<LoadStatsResponse> out) {
            return new StreamObserver<>() {
                private boolean answered;

                @Override
                public void onNext(LoadStatsRequest request) {
                    if (!answered) {
                        answered = true;
                        out.onNext(NONE);
                    }
                }

                @Override
                public void onError(Throwable error) {}

                @Override
                public void onCompleted() {
                    out.onCompleted();
                }
            };
        }
    }
}
