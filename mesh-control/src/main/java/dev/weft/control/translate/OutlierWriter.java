package dev.weft.control.translate;

import dev.weft.control.istio.TrafficPolicy.Outlier;
import dev.weft.control.translate.wire.Words;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.cluster.v3.OutlierDetection;
import dev.weft.proto.envoy.type.v3.Percent;
import org.jspecify.annotations.Nullable;

/** Writes when hosts are taken out of rotation. What is not written keeps Envoy's defaults, as under Istio. */
final class OutlierWriter {
    private static final int ALWAYS = 100;

    private OutlierWriter() {}

    static void write(@Nullable Outlier said, Cluster.Builder out) {
        if (said == null) {
            return;
        }
        OutlierDetection.Builder detection = OutlierDetection.newBuilder().setEnforcingSuccessRate(Words.uint32(0));
        Integer errors = said.consecutive5xxErrors();
        if (errors != null) {
            // 0 switches the detector off; the wire has no such word for the count, only for its enforcement.
            detection.setConsecutive5Xx(Words.uint32(errors)).setEnforcingConsecutive5Xx(enforcing(errors));
        }
        Integer gateway = said.consecutiveGatewayErrors();
        if (gateway != null) {
            detection
                    .setConsecutiveGatewayFailure(Words.uint32(gateway))
                    .setEnforcingConsecutiveGatewayFailure(enforcing(gateway));
        }
        Integer local = said.consecutiveLocalOriginFailures();
        if (said.splitExternalLocalOriginErrors()) {
            detection.setSplitExternalLocalOriginErrors(true);
            if (local != null) {
                detection
                        .setConsecutiveLocalOriginFailure(Words.uint32(local))
                        .setEnforcingConsecutiveLocalOriginFailure(enforcing(local));
            }
            detection.setEnforcingLocalOriginSuccessRate(Words.uint32(0));
        }
        writeTimes(said, detection);
        out.setOutlierDetection(detection);
        int minimum = said.minHealthPercent() == null ? 0 : said.minHealthPercent();
        // Present and empty means never panic; absent would mean Envoy's 50 %.
        out.getCommonLbConfigBuilder()
                .setHealthyPanicThreshold(Percent.newBuilder().setValue(minimum));
    }

    private static com.google.protobuf.UInt32Value enforcing(int count) {
        return Words.uint32(count > 0 ? ALWAYS : 0);
    }

    private static void writeTimes(Outlier said, OutlierDetection.Builder out) {
        if (said.interval() != null) {
            out.setInterval(Words.duration(said.interval()));
        }
        if (said.baseEjectionTime() != null) {
            out.setBaseEjectionTime(Words.duration(said.baseEjectionTime()));
        }
        Integer percent = said.maxEjectionPercent();
        if (percent != null && percent > 0) {
            out.setMaxEjectionPercent(Words.uint32(percent));
        }
    }
}
