package dev.weft.config;

import java.time.Duration;

/**
 * When a host is taken out of rotation; Envoy's fields. A count of 0 switches that detector off; {@code enforcing*} are
 * chances in percent.
 */
public record OutlierDetection(
        int consecutive5xx,
        int enforcingConsecutive5xx,
        int consecutiveGatewayFailure,
        int enforcingConsecutiveGatewayFailure,
        boolean splitExternalLocalOriginErrors,
        int consecutiveLocalOriginFailure,
        int enforcingConsecutiveLocalOriginFailure,
        Duration interval,
        Duration baseEjectionTime,
        Duration maxEjectionTime,
        int maxEjectionPercent,
        boolean alwaysEjectOneHost) {}
