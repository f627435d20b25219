package dev.weft.control.translate;

import com.google.protobuf.BoolValue;
import dev.weft.control.istio.HttpRoute.Cors;
import dev.weft.control.istio.HttpRoute.Fault;
import dev.weft.control.istio.StringMatch;
import dev.weft.control.translate.wire.Words;
import dev.weft.proto.envoy.extensions.filters.common.fault.v3.FaultDelay;
import dev.weft.proto.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import dev.weft.proto.envoy.extensions.filters.http.fault.v3.FaultAbort;
import dev.weft.proto.envoy.extensions.filters.http.fault.v3.HTTPFault;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import dev.weft.proto.envoy.type.v3.FractionalPercent;
import org.jspecify.annotations.Nullable;

/** Writes what a route says to the fault and CORS filters. */
final class FilterWriter {
    static final String FAULT = "envoy.filters.http.fault";
    static final String CORS = "envoy.filters.http.cors";

    private FilterWriter() {}

    static HTTPFault fault(Fault fault) {
        HTTPFault.Builder out = HTTPFault.newBuilder();
        Fault.Delay delay = fault.delay();
        if (delay != null && delay.fixed() != null) {
            out.setDelay(FaultDelay.newBuilder()
                    .setFixedDelay(Words.duration(delay.fixed()))
                    .setPercentage(share(delay.percent())));
        }
        Fault.Abort abort = fault.abort();
        if (abort != null) {
            FaultAbort.Builder how = FaultAbort.newBuilder().setPercentage(share(abort.percent()));
            if (abort.grpcStatus() != null) {
                how.setGrpcStatus(GrpcStatus.number(abort.grpcStatus()));
            } else if (abort.httpStatus() != null) {
                how.setHttpStatus(abort.httpStatus());
            }
            if (how.getErrorTypeCase() != FaultAbort.ErrorTypeCase.ERRORTYPE_NOT_SET) {
                out.setAbort(how);
            }
        }
        return out.build();
    }

    /** A share that is not written is none. */
    private static FractionalPercent share(@Nullable Double percent) {
        return Words.share(percent == null ? 0 : percent);
    }

    static CorsPolicy cors(Cors cors) {
        CorsPolicy.Builder out = CorsPolicy.newBuilder();
        for (StringMatch origin : cors.allowOrigins()) {
            out.addAllowOriginStringMatch(
                    origin.isPresence()
                            ? StringMatcher.newBuilder().setPrefix("").build()
                            : Words.text(origin));
        }
        out.setAllowMethods(String.join(",", cors.allowMethods()));
        out.setAllowHeaders(String.join(",", cors.allowHeaders()));
        out.setExposeHeaders(String.join(",", cors.exposeHeaders()));
        if (cors.maxAge() != null) {
            out.setMaxAge(String.valueOf(cors.maxAge().toSeconds()));
        }
        if (cors.allowCredentials() != null) {
            out.setAllowCredentials(BoolValue.of(cors.allowCredentials()));
        }
        String unmatched = cors.unmatchedPreflights();
        if (unmatched != null && !unmatched.equals("UNSPECIFIED")) {
            out.setForwardNotMatchingPreflights(BoolValue.of(!unmatched.equals("IGNORE")));
        }
        return out.build();
    }
}
