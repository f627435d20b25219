package dev.weft.engine;

import dev.weft.request.ResponseHead;
import dev.weft.resilience.outlier.OutlierDetector;
import dev.weft.upstream.Host;

/** What the outcome of an attempt says about its host. */
final class Accusations {
    private Accusations() {}

    /**
     * @param grpc the request was gRPC, so that 200 says nothing yet
     * @return true when the gRPC status, which counts, comes with the end
     */
    static boolean answered(OutlierDetector detector, Host host, ResponseHead response, boolean grpc) {
        int status = response.status();
        if (grpc) {
            Integer grpcStatus = GrpcWords.statusIn(response.headers());
            if (grpcStatus == null && status == 200) {
                return true;
            }
            status = grpcStatus == null ? status : GrpcWords.toHttp(grpcStatus);
        }
        // Who says that he is overloaded protects himself; taking him out would only move the load.
        if (status < 500 || !response.headers().contains("x-envoy-overloaded")) {
            detector.answered(host, status);
        }
        return false;
    }

    /** The end of a response whose gRPC status was due. A client that cannot see trailers shows none: then 200 counts. */
    static void ended(OutlierDetector detector, Host host, Attempt.Closed end) {
        if (end.grpcStatus() != null) {
            detector.answered(host, GrpcWords.toHttp(end.grpcStatus()));
        } else if (end.complete()) {
            detector.answered(host, 200);
        }
    }

    static void lost(OutlierDetector detector, Host host, Attempt.Failure failure) {
        switch (failure) {
            case CONNECT, TLS, REFUSED_STREAM, RESET_BEFORE_REQUEST, RESET -> detector.lost(host);
            case TIMEOUT -> detector.timedOut(host);
            // Our own limit, not the host's doing.
            case POOL_OVERFLOW -> {}
        }
    }
}
