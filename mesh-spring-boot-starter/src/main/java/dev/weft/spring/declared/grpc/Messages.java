package dev.weft.spring.declared.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.ReflectableMarshaller;
import org.jspecify.annotations.Nullable;

/** What a method of a service takes and gives; null where its marshaller does not tell. */
record Messages(@Nullable Class<?> request, @Nullable Class<?> response) {
    static Messages of(MethodDescriptor<?, ?> method) {
        return new Messages(type(method.getRequestMarshaller()), type(method.getResponseMarshaller()));
    }

    private static @Nullable Class<?> type(Marshaller<?> marshaller) {
        return marshaller instanceof ReflectableMarshaller<?> known ? known.getMessageClass() : null;
    }

    static String shown(@Nullable Class<?> type, String unknown) {
        return type == null ? unknown : type.getSimpleName();
    }
}
