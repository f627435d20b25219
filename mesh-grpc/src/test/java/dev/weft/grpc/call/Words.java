package dev.weft.grpc.call;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

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

    static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            if (value.startsWith("cannot be written")) {
                throw new IllegalArgumentException(value);
            }
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
