package dev.weft.http.spring;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A builder of one of Spring's clients that passes everything on to the user's and wraps what that one builds: what is set late is on the
 * mesh too. A proxy, so that what later versions of the interface add is passed on as well. Used by one thread, as builders are.
 *
 * @param <B> the builder's interface
 * @param <C> what it builds
 */
public final class MeshedBuilder<B, C> implements InvocationHandler {
    private final Class<B> type;
    private final Class<C> built;
    private final UnaryOperator<C> wrap;
    private final Object builder;

    private MeshedBuilder(Class<B> type, Class<C> built, UnaryOperator<C> wrap, Object builder) {
        this.type = type;
        this.built = built;
        this.wrap = wrap;
        this.builder = builder;
    }

    /** Around the user's builder; around what that one passes on to if it is one of these already. */
    public static <B, C> B of(Class<B> type, Class<C> built, UnaryOperator<C> wrap, B builder) {
        Object users = Proxy.isProxyClass(builder.getClass())
                        && Proxy.getInvocationHandler(builder) instanceof MeshedBuilder<?, ?> meshed
                ? meshed.builder
                : builder;
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new MeshedBuilder<>(type, built, wrap, users)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "build" -> wrap.apply(built.cast(Objects.requireNonNull(passOn(method, arguments))));
            case "clone" -> of(type, built, wrap, type.cast(Objects.requireNonNull(passOn(method, arguments))));
            case "apply" -> {
                apply(proxy, arguments);
                yield proxy;
            }
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "mesh before " + builder;
            default -> {
                Object result = passOn(method, arguments);
                yield result == builder ? proxy : result;
            }
        };
    }

    @SuppressWarnings("unchecked") // apply(Consumer<B>)
    private static void apply(Object proxy, Object @Nullable [] arguments) {
        if (arguments != null) {
            ((Consumer<Object>) arguments[0]).accept(proxy);
        }
    }

    private @Nullable Object passOn(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(builder, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
