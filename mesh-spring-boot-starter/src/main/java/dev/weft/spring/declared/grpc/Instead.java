package dev.weft.spring.declared.grpc;

import dev.weft.spring.declared.Fallback;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** The fallback of one call. */
record Instead(Fallback fallback, Method method, @Nullable Object[] arguments) {

    /**
     * What the method gives instead; throws what the fallback throws, or {@code failure} if it has nothing.
     *
     * @param failure as gRPC reported it
     */
    @Nullable
    Object answer(Throwable failure) throws Exception {
        try {
            return fallback.answer(method, arguments, failure);
        } catch (Exception | Error thrown) {
            throw thrown;
        } catch (Throwable neither) {
            throw new IllegalStateException(neither);
        }
    }
}
