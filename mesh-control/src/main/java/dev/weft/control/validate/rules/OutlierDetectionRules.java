package dev.weft.control.validate.rules;

/** When hosts are taken out of rotation. */
final class OutlierDetectionRules {
    private OutlierDetectionRules() {}

    static void check(Place outlier) {
        if (!outlier.present()) {
            return;
        }
        Values.duration(outlier.get("baseEjectionTime"));
        Values.duration(outlier.get("interval"));
        if (outlier.get("consecutiveErrors").number() != 0) {
            outlier.get("consecutiveErrors")
                    .warning("is out of date; write consecutive5xxErrors or consecutiveGatewayErrors");
        }
        Place local = outlier.get("consecutiveLocalOriginFailures");
        if (local.number() > 0 && !outlier.get("splitExternalLocalOriginErrors").flag()) {
            local.error("splitExternalLocalOriginErrors: true was expected beside it");
        }
        Values.percent(outlier.get("maxEjectionPercent"));
        Values.percent(outlier.get("minHealthPercent"));
    }
}
