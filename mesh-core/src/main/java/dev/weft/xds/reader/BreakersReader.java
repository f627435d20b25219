package dev.weft.xds.reader;

import com.google.protobuf.UInt32Value;
import dev.weft.config.CircuitBreakers;
import dev.weft.proto.envoy.config.cluster.v3.CircuitBreakers.Thresholds;
import dev.weft.proto.envoy.config.core.v3.RoutingPriority;
import org.jspecify.annotations.Nullable;

/** {@code CircuitBreakers}; without a word there are Envoy's limits, which Istio always overwrites. */
final class BreakersReader {
    private static final KnownFields BREAKERS = KnownFields.of(
                    dev.weft.proto.envoy.config.cluster.v3.CircuitBreakers.getDescriptor())
            .honours("thresholds");
    private static final KnownFields THRESHOLDS = KnownFields.of(Thresholds.getDescriptor())
            .honours(
                    "priority",
                    "max_connections",
                    "max_pending_requests",
                    "max_requests",
                    "max_retries",
                    "retry_budget")
            // Gauges, and pools that one process does not keep per downstream connection.
            .skips("track_remaining", "max_connection_pools");
    private static final KnownFields BUDGET =
            KnownFields.of(Thresholds.RetryBudget.getDescriptor()).honours("budget_percent", "min_retry_concurrency");

    private static final long DEFAULT_LIMIT = 1024;
    private static final long DEFAULT_RETRIES = 3;

    private BreakersReader() {}

    static CircuitBreakers read(dev.weft.proto.envoy.config.cluster.v3.CircuitBreakers found, Place place) {
        BREAKERS.check(found, place);
        Thresholds normal = Thresholds.getDefaultInstance();
        Place at = place;
        // Requests of high priority are refused with their route, so that their thresholds limit nobody.
        for (int i = found.getThresholdsCount() - 1; i >= 0; i--) {
            if (found.getThresholds(i).getPriority() == RoutingPriority.DEFAULT) {
                normal = found.getThresholds(i);
                at = place.at("thresholds", i);
            }
        }
        THRESHOLDS.check(normal, at);
        return new CircuitBreakers(
                limit(normal.hasMaxConnections(), normal.getMaxConnections(), DEFAULT_LIMIT),
                limit(normal.hasMaxPendingRequests(), normal.getMaxPendingRequests(), DEFAULT_LIMIT),
                limit(normal.hasMaxRequests(), normal.getMaxRequests(), DEFAULT_LIMIT),
                limit(normal.hasMaxRetries(), normal.getMaxRetries(), DEFAULT_RETRIES),
                normal.hasRetryBudget() ? budget(normal.getRetryBudget(), at.at("retry_budget")) : null);
    }

    private static long limit(boolean said, UInt32Value value, long otherwise) {
        return said ? Integer.toUnsignedLong(value.getValue()) : otherwise;
    }

    private static CircuitBreakers.@Nullable RetryBudget budget(Thresholds.RetryBudget found, Place place) {
        BUDGET.check(found, place);
        double percent = found.hasBudgetPercent() ? found.getBudgetPercent().getValue() : 20;
        if (!(percent >= 0 && percent <= 100)) {
            place.refuse("budget_percent", percent, "0 to 100");
            return null;
        }
        int minimum =
                found.hasMinRetryConcurrency() ? found.getMinRetryConcurrency().getValue() : 3;
        return new CircuitBreakers.RetryBudget(percent, minimum < 0 ? Integer.MAX_VALUE : minimum);
    }
}
