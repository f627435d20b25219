package dev.weft.spring.declared.grpc;

import dev.weft.grpc.MeshGrpc;
import dev.weft.request.Hints;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a method of an interface does.
 *
 * @param called the service's method
 * @param form how the call is made
 * @param hints which of the arguments is {@link Hints}; -1: none
 * @param defaults of every call, with what holds where policy is silent
 */
record MethodCall(MethodDescriptor<Object, Object> called, Form form, int hints, CallOptions defaults) {

    CallOptions options(@Nullable Object[] arguments) {
        Object given = hints < 0 ? null : arguments[hints];
        return given == null ? defaults : defaults.withOption(MeshGrpc.HINTS, (Hints) given);
    }

    /** The arguments that gRPC is given. */
    List<@Nullable Object> sent(@Nullable Object[] arguments) {
        List<@Nullable Object> sent = new ArrayList<>(arguments.length);
        for (int i = 0; i < arguments.length; i++) {
            if (i != hints) {
                sent.add(arguments[i]);
            }
        }
        return sent;
    }
}
