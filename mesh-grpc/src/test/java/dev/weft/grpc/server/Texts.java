package dev.weft.grpc.server;

import dev.weft.grpc.Text;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;

/** Methods whose messages are texts. */
final class Texts {
    static final MethodDescriptor<String, String> UNARY = method("test.Public", "Unary", MethodType.UNARY);
    static final MethodDescriptor<String, String> ADMIN = method("test.Admin", "Unary", MethodType.UNARY);
    static final MethodDescriptor<String, String> BIDI = method("test.Public", "Bidi", MethodType.BIDI_STREAMING);
    static final MethodDescriptor<String, String> UNKNOWN = method("test.Public", "Unknown", MethodType.UNARY);

    private static MethodDescriptor<String, String> method(String service, String name, MethodType type) {
        Text texts = new Text();
        return MethodDescriptor.newBuilder(texts, texts)
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
                .build();
    }

    private Texts() {}
}
