package dev.weft.control.operator;

import com.google.protobuf.Struct;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;

/**
 * The operators' service as it is on the wire: questions and answers are JSON objects ({@code google.protobuf.Struct}), so that a
 * version of {@code meshctl} understands another's control plane as far as they have the same to say.
 */
public final class OperatorMethods {
    /** The service's full name. */
    public static final String SERVICE = "dev.weft.control.v1.Operator";

    /** {@code {identity, ttlSeconds}} or {@code {operator, ttlSeconds}} to {@code {token, expires}}. */
    public static final MethodDescriptor<Struct, Struct> CREATE_TOKEN = method("CreateToken");

    /** {@code {}} to the state of the authority. */
    public static final MethodDescriptor<Struct, Struct> CA_STATUS = method("CaStatus");

    /** {@code {stage: publish | sign | withdraw, early, directory}} to the state of the authority. */
    public static final MethodDescriptor<Struct, Struct> ROTATE_ROOT = method("RotateRoot");

    /** {@code {last, refused}} to {@code {lines}}: the newest lines of the audit log. */
    public static final MethodDescriptor<Struct, Struct> AUDIT = method("Audit");

    private OperatorMethods() {}

    private static MethodDescriptor<Struct, Struct> method(String name) {
        return MethodDescriptor.<Struct, Struct>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(ProtoUtils.marshaller(Struct.getDefaultInstance()))
                .setResponseMarshaller(ProtoUtils.marshaller(Struct.getDefaultInstance()))
                .build();
    }
}
