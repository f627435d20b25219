package dev.weft.xds.reader;

import dev.weft.config.FaultInjection;
import dev.weft.config.Fraction;
import dev.weft.proto.envoy.extensions.filters.common.fault.v3.FaultDelay;
import dev.weft.proto.envoy.extensions.filters.http.fault.v3.FaultAbort;
import dev.weft.proto.envoy.extensions.filters.http.fault.v3.HTTPFault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code HTTPFault}, as a filter or as a filter's configuration for a route. */
final class FaultReader {
    private static final KnownFields FAULT = KnownFields.of(HTTPFault.getDescriptor())
            .honours("delay", "abort")
            .skips(
                    "delay_percent_runtime",
                    "abort_percent_runtime",
                    "delay_duration_runtime",
                    "abort_http_status_runtime",
                    "max_active_faults_runtime",
                    "response_rate_limit_percent_runtime",
                    "abort_grpc_status_runtime",
                    "disable_downstream_cluster_stats",
                    "filter_metadata");
    private static final KnownFields DELAY =
            KnownFields.of(FaultDelay.getDescriptor()).honours("fixed_delay", "percentage");
    private static final KnownFields ABORT =
            KnownFields.of(FaultAbort.getDescriptor()).honours("http_status", "grpc_status", "percentage");

    private FaultReader() {}

    /** Null when nothing is injected. */
    static @Nullable FaultInjection read(HTTPFault found, Place place) {
        FAULT.check(found, place);
        FaultInjection.Delay delay = found.hasDelay() ? delay(found.getDelay(), place.at("delay")) : null;
        FaultInjection.Abort abort = found.hasAbort() ? abort(found.getAbort(), place.at("abort")) : null;
        return delay == null && abort == null ? null : new FaultInjection(delay, abort);
    }

    private static FaultInjection.@Nullable Delay delay(FaultDelay found, Place place) {
        DELAY.check(found, place);
        if (!found.hasFixedDelay()) {
            place.refuse(null, "fixed_delay");
            return null;
        }
        Duration duration = Values.positive(found.getFixedDelay(), place.at("fixed_delay"));
        return duration == null
                ? null
                : new FaultInjection.Delay(duration, share(found.hasPercentage(), found.getPercentage(), place));
    }

    private static FaultInjection.@Nullable Abort abort(FaultAbort found, Place place) {
        ABORT.check(found, place);
        Fraction share = share(found.hasPercentage(), found.getPercentage(), place);
        switch (found.getErrorTypeCase()) {
            case HTTP_STATUS:
                if (found.getHttpStatus() < 200 || found.getHttpStatus() > 599) {
                    place.refuse("http_status", found.getHttpStatus(), "a status between 200 and 599");
                    return null;
                }
                return new FaultInjection.Abort(found.getHttpStatus(), null, share);
            case GRPC_STATUS:
                if (found.getGrpcStatus() < 0 || found.getGrpcStatus() > 16) {
                    place.refuse("grpc_status", found.getGrpcStatus(), "a gRPC status between 0 and 16");
                    return null;
                }
                return new FaultInjection.Abort(0, found.getGrpcStatus(), share);
            default:
                place.refuse(null, "http_status or grpc_status");
                return null;
        }
    }

    /** An absent percentage is none at all. */
    private static Fraction share(
            boolean said, dev.weft.proto.envoy.type.v3.FractionalPercent percentage, Place place) {
        return said ? Values.fraction(percentage, place.at("percentage")) : new Fraction(0, 100);
    }
}
