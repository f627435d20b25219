package dev.weft.grpc.server;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Methods whose messages are texts. */
final class Texts implements MethodDescriptor.Marshaller<String> {
    static final MethodDescriptor<String, String> UNARY = method("test.Public", "Unary", MethodType.UNARY);
    static final MethodDescriptor<String, String> ADMIN = method("test.Admin", "Unary", MethodType.UNARY);
    static final MethodDescriptor<String, String> BIDI = method("test.Public", "Bidi", MethodType.BIDI_STREAMING);
    static final MethodDescriptor<String, String> UNKNOWN = method("test.Public", "Unknown", MethodType.UNARY);

    private static MethodDescriptor<String, String> method(String service, String name, MethodType type) {
        Texts texts = new Texts();
        return MethodDescriptor.newBuilder(texts, texts)
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
                .build();
    }

    @Override
    public InputStream stream(String value) {
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
