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
     * @return null: it was not the host's doing. Credentials or a marshaller of the caller's have failed, or his metadata are too large, and
     *     would be anywhere, or the channel is being shut down
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
        if (tracer.headersSent()) {
            return Failure.RESET;
        }
        return isTooMuch(status.getCause()) ? null : Failure.RESET_BEFORE_REQUEST;
    }

    /** The caller's metadata are more than the server takes: the transport has not sent them, and no other server would take them. */
    private static boolean isTooMuch(@Nullable Throwable cause) {
        // By name: Netty's type has another one in grpc-netty-shaded.
        return cause != null && cause.getClass().getSimpleName().equals("HeaderListSizeException");
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
