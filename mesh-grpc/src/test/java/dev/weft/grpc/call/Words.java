package dev.weft.grpc.call;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.InputStream;

/** A service without protobuf: texts in, texts out. */
final class Words {
    static final String SERVICE = "test.Words";

    static final MethodDescriptor<String, String> UNARY = method(MethodType.UNARY, "Unary");
    static final MethodDescriptor<String, String> CLIENT = method(MethodType.CLIENT_STREAMING, "Client");
    static final MethodDescriptor<String, String> SERVER = method(MethodType.SERVER_STREAMING, "Server");
    static final MethodDescriptor<String, String> BIDI = method(MethodType.BIDI_STREAMING, "Bidi");

    private Words() {}

    static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private static MethodDescriptor<String, String> method(MethodType type, String name) {
        return MethodDescriptor.<String, String>newBuilder()
                .setType(type)
                .setFullMethodName(SERVICE + "/" + name)
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text())
                .build();
    }

    /** Not all texts can be written. */
    static final class Text extends dev.weft.grpc.Text {
        @Override
        public InputStream stream(String value) {
            if (value.startsWith("cannot be written")) {
                throw new IllegalArgumentException(value);
            }
            return super.stream(value);
        }
    }
}
