package dev.weft.xds.reader;

import com.google.protobuf.UInt32Value;
import dev.weft.config.OutlierDetection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code OutlierDetection}, with Envoy's defaults. */
final class OutlierReader {
    private static final KnownFields OUTLIER = KnownFields.of(
                    dev.weft.proto.envoy.config.cluster.v3.OutlierDetection.getDescriptor())
            .honours(
                    "consecutive_5xx",
                    "interval",
                    "base_ejection_time",
                    "max_ejection_percent",
                    "enforcing_consecutive_5xx",
                    "enforcing_success_rate",
                    "consecutive_gateway_failure",
                    "enforcing_consecutive_gateway_failure",
                    "split_external_local_origin_errors",
                    "consecutive_local_origin_failure",
                    "enforcing_consecutive_local_origin_failure",
                    "enforcing_local_origin_success_rate",
                    "enforcing_failure_percentage",
                    "enforcing_failure_percentage_local_origin",
                    "max_ejection_time",
                    "always_eject_one_host")
            // They tune detectors that are off, or speak of active health checks, of which there are none.
            .skips(
                    "success_rate_minimum_hosts",
                    "success_rate_request_volume",
                    "success_rate_stdev_factor",
                    "failure_percentage_threshold",
                    "failure_percentage_minimum_hosts",
                    "failure_percentage_request_volume",
                    "successful_active_health_check_uneject_host")
            .warns("max_ejection_time_jitter");

    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);
    private static final Duration DEFAULT_EJECTION = Duration.ofSeconds(30);
    private static final Duration DEFAULT_LONGEST = Duration.ofSeconds(300);

    private OutlierReader() {}

    static OutlierDetection read(dev.weft.proto.envoy.config.cluster.v3.OutlierDetection found, Place place) {
        OUTLIER.check(found, place);
        boolean split = found.getSplitExternalLocalOriginErrors();
        off("enforcing_success_rate", found.hasEnforcingSuccessRate(), found.getEnforcingSuccessRate(), place);
        off(
                "enforcing_local_origin_success_rate",
                found.hasEnforcingLocalOriginSuccessRate(),
                found.getEnforcingLocalOriginSuccessRate(),
                place);
        off(
                "enforcing_failure_percentage",
                found.hasEnforcingFailurePercentage(),
                found.getEnforcingFailurePercentage(),
                place);
        off(
                "enforcing_failure_percentage_local_origin",
                found.hasEnforcingFailurePercentageLocalOrigin(),
                found.getEnforcingFailurePercentageLocalOrigin(),
                place);
        Duration base = time(
                found.hasBaseEjectionTime() ? found.getBaseEjectionTime() : null,
                DEFAULT_EJECTION,
                place.at("base_ejection_time"));
        Duration longest = time(
                found.hasMaxEjectionTime() ? found.getMaxEjectionTime() : null,
                base.compareTo(DEFAULT_LONGEST) > 0 ? base : DEFAULT_LONGEST,
                place.at("max_ejection_time"));
        if (longest.compareTo(base) < 0) {
            place.refuse("max_ejection_time", longest, "at least base_ejection_time, which is " + base);
        }
        return new OutlierDetection(
                count(found.hasConsecutive5Xx(), found.getConsecutive5Xx(), 5),
                percent(
                        "enforcing_consecutive_5xx",
                        found.hasEnforcingConsecutive5Xx(),
                        found.getEnforcingConsecutive5Xx(),
                        100,
                        place),
                count(found.hasConsecutiveGatewayFailure(), found.getConsecutiveGatewayFailure(), 5),
                percent(
                        "enforcing_consecutive_gateway_failure",
                        found.hasEnforcingConsecutiveGatewayFailure(),
                        found.getEnforcingConsecutiveGatewayFailure(),
                        0,
                        place),
                split,
                count(found.hasConsecutiveLocalOriginFailure(), found.getConsecutiveLocalOriginFailure(), 5),
                percent(
                        "enforcing_consecutive_local_origin_failure",
                        found.hasEnforcingConsecutiveLocalOriginFailure(),
                        found.getEnforcingConsecutiveLocalOriginFailure(),
                        100,
                        place),
                time(found.hasInterval() ? found.getInterval() : null, DEFAULT_INTERVAL, place.at("interval")),
                base,
                longest,
                percent(
                        "max_ejection_percent",
                        found.hasMaxEjectionPercent(),
                        found.getMaxEjectionPercent(),
                        10,
                        place),
                found.getAlwaysEjectOneHost().getValue());
    }

    /** Detectors by statistics are not built; 0 switches them off, which is what Istio writes. */
    private static void off(String field, boolean said, UInt32Value value, Place place) {
        if (said && value.getValue() != 0) {
            place.refuse(field, value.getValue(), "0; hosts are not ejected by success rate or failure percentage");
        }
    }

    private static int count(boolean said, UInt32Value value, int otherwise) {
        return !said ? otherwise : value.getValue() < 0 ? Integer.MAX_VALUE : value.getValue();
    }

    private static int percent(String field, boolean said, UInt32Value value, int otherwise, Place place) {
        int percent = said ? value.getValue() : otherwise;
        if (percent < 0 || percent > 100) {
            place.refuse(field, Integer.toUnsignedString(percent), "0 to 100");
            return otherwise;
        }
        return percent;
    }

    private static Duration time(com.google.protobuf.@Nullable Duration found, Duration otherwise, Place place) {
        Duration time = found == null ? null : Values.positive(found, place);
        return time == null ? otherwise : time;
    }
}
