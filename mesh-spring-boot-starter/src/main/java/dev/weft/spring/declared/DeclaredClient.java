package dev.weft.spring.declared;

import dev.weft.engine.CallDefaults;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An interface, read and checked.
 *
 * @param type the interface
 * @param url of the service, without a path
 * @param calls its methods that are requests, with what is declared for each
 * @param fallback who answers instead; null: nobody
 */
record DeclaredClient(
        Class<?> type,
        String url,
        Map<Method, CallDefaults> calls,
        @Nullable Fallback fallback) {
    DeclaredClient {
        calls = Map.copyOf(calls);
    }

    @Override
    public String toString() {
        return "@MeshClient " + type.getName() + " (" + url + ")";
    }
}
