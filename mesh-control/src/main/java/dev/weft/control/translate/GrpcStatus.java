package dev.weft.control.translate;

import io.grpc.Status;
import java.util.Locale;

/** gRPC's status codes by name. */
final class GrpcStatus {
    private GrpcStatus() {}

    /** The number of {@code UNAVAILABLE} or {@code 14}; 2 (UNKNOWN) for anything else. */
    static int number(String status) {
        if (status.matches("[0-9]{1,2}")) {
            return Integer.parseInt(status);
        }
        try {
            return Status.Code.valueOf(status.toUpperCase(Locale.ROOT)).value();
        } catch (IllegalArgumentException e) {
            return Status.Code.UNKNOWN.value();
        }
    }
}
