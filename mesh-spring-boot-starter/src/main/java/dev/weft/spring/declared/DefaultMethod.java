package dev.weft.spring.declared;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** The body that an interface has given a method. */
public final class DefaultMethod {
    private DefaultMethod() {}

    /**
     * Runs it on a proxy, also where the interface is visible in its package only: there {@link InvocationHandler#invokeDefault} has
     * no access. Throws what the method throws.
     */
    public static @Nullable Object call(Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
        Class<?> type = method.getDeclaringClass();
        return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                .unreflectSpecial(method, type)
                .bindTo(proxy)
                .invokeWithArguments(arguments);
    }
}
