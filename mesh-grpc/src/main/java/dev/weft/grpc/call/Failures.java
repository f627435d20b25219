package dev.weft.grpc.call;

import dev.weft.engine.Attempt.Failure;
import dev.weft.grpc.link.LinkFailedException;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** What it means for the host that an attempt ended without a word from its server. */
final class Failures {
    private static final String HTTP_STATUS = "HTTP status code ";

    private Failures() {}

    /**
     * @param status that gRPC made up
     * @return null: it was not the host's doing. Credentials or a marshaller of the caller's have failed, and would fail anywhere, or
     *     the channel is being shut down
     */
    static @Nullable Failure of(Status status, FlightTracer tracer) {
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof LinkFailedException link) {
                return link.failure();
            }
        }
        if (status.getCode() == Status.Code.CANCELLED && status.getCause() != null) {
            return null;
        }
        if (!tracer.created()) {
            return null;
        }
        if (isUntouched(status.getDescription())) {
            return Failure.REFUSED_STREAM;
        }
        return tracer.headersSent() ? Failure.RESET : Failure.RESET_BEFORE_REQUEST;
    }

    /** gRPC keeps it to itself whether a server has certainly not processed a stream, except in these words of its HTTP/2 handler. */
    private static boolean isUntouched(@Nullable String description) {
        return description != null
                && (description.contains("REFUSED_STREAM")
                        || description.contains("GOAWAY closed buffered stream")
                        || description.contains("GOAWAY closed unsent stream"));
    }

    /** The HTTP status of a peer that answered without speaking gRPC, a proxy for example; 0 if it is not that. */
    static int httpStatus(Status status) {
        String description = status.getDescription();
        if (description == null || !description.startsWith(HTTP_STATUS)) {
            return 0;
        }
        int code = 0;
        for (int i = HTTP_STATUS.length(); i < description.length() && code < 100; i++) {
            int digit = description.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            code = code * 10 + digit;
        }
        return code < 100 ? 0 : code;
    }
}
