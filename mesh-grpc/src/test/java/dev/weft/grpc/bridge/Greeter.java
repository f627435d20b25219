package dev.weft.grpc.bridge;

import dev.weft.grpc.Text;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.util.concurrent.TimeUnit;

/** A service whose servers say who they are. */
final class Greeter {
    private static final MethodDescriptor<String, String> GREET = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("test.Greeter/Greet")
            .setRequestMarshaller(new Text())
            .setResponseMarshaller(new Text())
            .build();

    private Greeter() {}

    static ServerServiceDefinition service(String name) {
        return ServerServiceDefinition.builder("test.Greeter")
                .addMethod(GREET, ServerCalls.asyncUnaryCall((request, responses) -> {
                    responses.onNext(name);
                    responses.onCompleted();
                }))
                .build();
    }

    /** Who answers. */
    static String greet(Channel channel) {
        return greet(channel, 20);
    }

    static String greet(Channel channel, int seconds) {
        return ClientCalls.blockingUnaryCall(
                channel, GREET, CallOptions.DEFAULT.withDeadlineAfter(seconds, TimeUnit.SECONDS), "hello");
    }

    /** Why nobody answers; empty: somebody does. */
    static String failure(Channel channel, int seconds) {
        try {
            greet(channel, seconds);
            return "";
        } catch (StatusRuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
