package dev.weft.resilience.retry;

import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.request.Headers;
import dev.weft.request.ResponseHead;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The conditions of a {@link RetryPolicy}, with Envoy's reading of its words. */
public final class RetryConditions {
    private RetryConditions() {}

    /** Whether the policy repeats an attempt that failed like this. */
    public static boolean met(RetryPolicy policy, LocalFailure failure) {
        Set<RetryOn> on = policy.on();
        if (failure == LocalFailure.OVERFLOW || on.isEmpty()) {
            return false;
        }
        // Envoy counts every one of these as a reset of the stream, and these three words mean any reset.
        if (on.contains(RetryOn.SERVER_ERROR) || on.contains(RetryOn.GATEWAY_ERROR) || on.contains(RetryOn.RESET)) {
            return true;
        }
        return switch (failure) {
            case CONNECT -> on.contains(RetryOn.CONNECT_FAILURE) || on.contains(RetryOn.RESET_BEFORE_REQUEST);
            case RESET_BEFORE_REQUEST -> on.contains(RetryOn.RESET_BEFORE_REQUEST);
            case REFUSED_STREAM -> on.contains(RetryOn.REFUSED_STREAM);
            case RESET, PER_TRY_TIMEOUT, OVERFLOW -> false;
        };
    }

    /** Whether the policy repeats an attempt that a server answered like this. */
    public static boolean met(RetryPolicy policy, ResponseHead response) {
        Set<RetryOn> on = policy.on();
        if (on.isEmpty()) {
            return false;
        }
        int status = response.status();
        Headers headers = response.headers();
        if (status >= 400 || policy.statusCodes().contains(status)) {
            // A server that says it is overloaded gets no second request for the same purpose.
            if (headers.contains("x-envoy-overloaded")) {
                return false;
            }
            if (headers.contains("x-envoy-ratelimited")) {
                return on.contains(RetryOn.ENVOY_RATELIMITED);
            }
            return byStatus(policy, status) || byGrpcStatus(on, headers.first("grpc-status"));
        }
        String grpcStatus = headers.first("grpc-status");
        return grpcStatus != null && !headers.contains("x-envoy-overloaded") && byGrpcStatus(on, grpcStatus);
    }

    private static boolean byStatus(RetryPolicy policy, int status) {
        Set<RetryOn> on = policy.on();
        return (status >= 500 && on.contains(RetryOn.SERVER_ERROR))
                || (status >= 502 && status <= 504 && on.contains(RetryOn.GATEWAY_ERROR))
                || (status == 409 && on.contains(RetryOn.RETRIABLE_4XX))
                || (on.contains(RetryOn.RETRIABLE_STATUS_CODES)
                        && policy.statusCodes().contains(status));
    }

    private static boolean byGrpcStatus(Set<RetryOn> on, @Nullable String grpcStatus) {
        if (grpcStatus == null) {
            return false;
        }
        return switch (grpcStatus) {
            case "1" -> on.contains(RetryOn.CANCELLED);
            case "4" -> on.contains(RetryOn.DEADLINE_EXCEEDED);
            case "8" -> on.contains(RetryOn.RESOURCE_EXHAUSTED);
            case "13" -> on.contains(RetryOn.INTERNAL);
            case "14" -> on.contains(RetryOn.UNAVAILABLE);
            default -> false;
        };
    }
}
