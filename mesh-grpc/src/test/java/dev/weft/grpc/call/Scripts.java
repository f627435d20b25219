package dev.weft.grpc.call;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** What servers do. */
final class Scripts {
    private Scripts() {}

    /** Answers each message as it comes, and ends with the caller. */
    static ServerCallHandler<String, String> answering(UnaryOperator<String> answer) {
        return (call, headers) -> {
            call.sendHeaders(new Metadata());
            call.request(1);
            return new ServerCall.Listener<>() {
                @Override
                public void onMessage(String message) {
                    call.sendMessage(answer.apply(message));
                    call.request(1);
                }

                @Override
                public void onHalfClose() {
                    call.close(Status.OK, new Metadata());
                }
            };
        };
    }

    /** Ends with these trailers and nothing else. */
    static ServerCallHandler<String, String> ending(Status status, Metadata trailers) {
        return (call, headers) -> {
            call.close(status, trailers);
            return new ServerCall.Listener<>() {};
        };
    }

    static ServerCallHandler<String, String> ending(Status status) {
        return (call, headers) -> ending(status, new Metadata()).startCall(call, headers);
    }

    /** Does one thing with the first call and another with all that follow. */
    static ServerCallHandler<String, String> first(
            ServerCallHandler<String, String> first, ServerCallHandler<String, String> then) {
        AtomicBoolean begun = new AtomicBoolean();
        return (call, headers) -> (begun.compareAndSet(false, true) ? first : then).startCall(call, headers);
    }

    /** Says nothing at all. */
    static ServerCallHandler<String, String> silent() {
        return (call, headers) -> {
            call.request(Integer.MAX_VALUE);
            return new ServerCall.Listener<>() {};
        };
    }
}
