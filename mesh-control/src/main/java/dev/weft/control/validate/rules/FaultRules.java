package dev.weft.control.validate.rules;

import java.util.Set;
import java.util.stream.Stream;

/** Injected delays and aborts. */
final class FaultRules {
    private static final Set<String> GRPC = Set.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");

    private FaultRules() {}

    static void check(Place fault) {
        if (!fault.present()) {
            return;
        }
        Place abort = fault.get("abort");
        Place delay = fault.get("delay");
        if (!abort.present() && !delay.present()) {
            fault.error("abort or delay was expected");
        }
        if (abort.present()) {
            abort(abort);
        }
        share(delay.get("percentage"));
        Values.duration(delay.get("fixedDelay"));
        if (delay.get("exponentialDelay").present()) {
            delay.get("exponentialDelay").error("fixedDelay was expected; no version of Istio has the other");
        }
    }

    private static void abort(Place abort) {
        share(abort.get("percentage"));
        Place grpc = abort.get("grpcStatus");
        if (abort.get("http2Error").present()) {
            abort.get("http2Error").error("httpStatus or grpcStatus was expected; no version of Istio has the other");
        } else if (grpc.present() && !GRPC.contains(grpc.text())) {
            grpc.error("a gRPC status such as UNAVAILABLE was expected");
        } else if (abort.get("httpStatus").present()) {
            status(abort.get("httpStatus"));
        } else if (Stream.of("grpcStatus", "httpStatus")
                .noneMatch(name -> abort.get(name).present())) {
            abort.warning("says not with which status");
        }
    }

    /** 600 is let through by Istio as well. */
    static void status(Place status) {
        if (status.number() < 200 || status.number() > 600) {
            status.error("a status from 200 to 599 was expected");
        }
    }

    private static void share(Place percentage) {
        double value = percentage.get("value").number();
        if (value < 0 || value > 100 || value > 0 && value < 0.0001) {
            percentage.get("value").error("0, or from 0.0001 to 100, was expected");
        }
    }
}
