package dev.weft.authz.external;

import dev.weft.authz.Arrival;
import dev.weft.config.ExternalAuthorizationStage;
import dev.weft.config.ExternalAuthorizationStage.Service;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Asks {@code envoy.service.auth.v3.Authorization/Check}: one unary call, framed here, so that any HTTP/2 transport can carry it. */
final class GrpcAuthorizer implements Authorizer {
    private static final String PATH = "/envoy.service.auth.v3.Authorization/Check";

    /** A flag (compressed or not) and the length, before each message. */
    private static final int PREFIX = 5;

    private final ExternalAuthorizationStage said;
    private final Service.Grpc service;
    private final String authority;
    private final CheckRequests requests;

    GrpcAuthorizer(ExternalAuthorizationStage said, Service.Grpc service, CheckRequests requests) {
        this.said = said;
        this.service = service;
        this.requests = requests;
        String[] cluster = said.cluster().split("\\|", -1);
        authority = service.authority().isEmpty() ? cluster[cluster.length - 1] : service.authority();
    }

    @Override
    public Courier.Parcel question(Arrival arrival) {
        Headers.Builder headers = Headers.builder();
        service.metadata().forEach(headers::add);
        headers.set("content-type", "application/grpc").set("te", "trailers");
        RequestHead head = new RequestHead("POST", "http", authority, PATH, headers.build());
        return new Courier.Parcel(said.cluster(), head, framed(requests.request(arrival)), said.timeout());
    }

    private static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(PREFIX + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    @Override
    public Verdict verdict(Courier.Answer answer) throws NoAnswerException {
        String type = answer.head().headers().first("content-type");
        if (answer.head().status() != 200 || type == null || !type.startsWith("application/grpc")) {
            throw new NoAnswerException("it answered " + answer.head().status() + " with content-type " + type
                    + ", 200 and application/grpc were expected; a gRPC authorizer's port is to be named grpc");
        }
        String status = status(answer);
        if (!"0".equals(status)) {
            throw new NoAnswerException("it answered with grpc-status " + status);
        }
        ByteBuffer body = ByteBuffer.wrap(answer.body());
        if (body.remaining() < PREFIX || body.get() != 0 || body.getInt() != body.remaining()) {
            throw new NoAnswerException("one uncompressed message was expected as its answer");
        }
        byte[] message = new byte[body.remaining()];
        body.get(message);
        return CheckResponses.verdict(message);
    }

    private static @Nullable String status(Courier.Answer answer) {
        String status = answer.trailers().first("grpc-status");
        return status == null ? answer.head().headers().first("grpc-status") : status;
    }
}
