package dev.weft.spring.declared.grpc;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;

import dev.weft.request.LocalReply;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Which failures a fallback answers: the service, the mesh or the network failed. Not: the request was wrong or not allowed, nobody has such a
 * method, the answer could not be read, the caller gave up.
 */
final class GrpcFailures {
    private GrpcFailures() {}

    static boolean ofTheService(Throwable thrown) {
        if (!(thrown instanceof StatusRuntimeException failure)
                || Thread.currentThread().isInterrupted()) {
            return false;
        }
        Status.Code code = failure.getStatus().getCode();
        return switch (code) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, INTERNAL, UNKNOWN, DATA_LOSS -> true;
            case RESOURCE_EXHAUSTED -> isLocal(failure.getTrailers());
            default -> false;
        };
    }

    private static boolean isLocal(@Nullable Metadata trailers) {
        return trailers != null
                && LocalReply.in(name -> trailers.get(Metadata.Key.of(name, ASCII_STRING_MARSHALLER)))
                        .isPresent();
    }
}
