package dev.weft.spring.declared.grpc;

import dev.weft.spring.declared.Fallback;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An interface, read and checked.
 *
 * @param type the interface
 * @param channel what Spring's channel factory makes its channel of: a target, or the name of a channel with settings of its own
 * @param calls its methods that make calls
 * @param fallback who answers instead; null: nobody
 */
record GrpcClient(
        Class<?> type,
        String channel,
        Map<Method, MethodCall> calls,
        @Nullable Fallback fallback) {
    GrpcClient {
        calls = Map.copyOf(calls);
    }

    @Override
    public String toString() {
        return "@MeshClient " + type.getName() + " (" + channel + ")";
    }
}
