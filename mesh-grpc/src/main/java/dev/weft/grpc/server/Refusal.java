package dev.weft.grpc.server;

import dev.weft.request.LocalReply;
import io.grpc.InternalStatus;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.internal.GrpcUtil;
import java.util.Set;

/**
 * The mesh's own answer as gRPC says it. The caller is told no reason.
 *
 * @param status code and Envoy's words
 * @param trailers what else is said, as how to authenticate
 */
record Refusal(Status status, Metadata trailers) {
    private static final String MESSAGE = "grpc-message";

    /** Said by the status and the transport. */
    private static final Set<String> WIRE = Set.of("content-type", "grpc-status", MESSAGE);

    static Refusal of(LocalReply reply) {
        Metadata trailers = new Metadata();
        reply.headers().forEach((name, value) -> {
            if (!WIRE.contains(name)) {
                Fields.add(trailers, name, value);
            }
        });
        Integer code = reply.grpcStatus();
        Status status = code == null ? GrpcUtil.httpStatusToGrpcStatus(reply.status()) : Status.fromCodeValue(code);
        String message = reply.headers().first(MESSAGE);
        return new Refusal(status.withDescription(message == null ? reply.body() : decoded(message)), trailers);
    }

    private static String decoded(String percentEncoded) {
        Metadata one = new Metadata();
        Fields.add(one, MESSAGE, percentEncoded);
        String text = one.get(InternalStatus.MESSAGE_KEY);
        return text == null ? "" : text;
    }
}
