package dev.weft.spring.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.AbstractBlockingStub;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.ServerCalls.UnaryMethod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What protoc would generate for {@code service Echo { rpc Say(string) returns (string); }}, were strings messages. */
public final class EchoGrpc {
    static final MethodDescriptor<String, String> SAY = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodType.UNARY)
            .setFullMethodName("test.Echo/Say")
            .setRequestMarshaller(new Text())
            .setResponseMarshaller(new Text())
            .build();

    private EchoGrpc() {}

    static ServerServiceDefinition service(UnaryMethod<String, String> say) {
        return ServerServiceDefinition.builder("test.Echo")
                .addMethod(SAY, ServerCalls.asyncUnaryCall(say))
                .build();
    }

    /** Spring calls it by its name. */
    public static EchoBlockingStub newBlockingStub(Channel channel) {
        return new EchoBlockingStub(channel, CallOptions.DEFAULT);
    }

    /** A client. */
    public static final class EchoBlockingStub extends AbstractBlockingStub<EchoBlockingStub> {
        private EchoBlockingStub(Channel channel, CallOptions options) {
            super(channel, options);
        }

        @Override
        protected EchoBlockingStub build(Channel channel, CallOptions options) {
            return new EchoBlockingStub(channel, options);
        }

        String say(String text) {
            return ClientCalls.blockingUnaryCall(getChannel(), SAY, getCallOptions(), text);
        }
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try (stream) {
                return new String(stream.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
