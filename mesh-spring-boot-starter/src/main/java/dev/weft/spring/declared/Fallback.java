package dev.weft.spring.declared;

import java.lang.reflect.Method;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/** Who answers instead of a service that failed: an object with the interface, or one that gives such an object. */
public final class Fallback {
    // Asked when the application has started, and by calls; the bean behind it may need clients itself, so not before.
    private final Supplier<Object> bean;
    private final Class<?> type;

    Fallback(Supplier<Object> bean, Class<?> type) {
        this.bean = bean;
        this.type = type;
    }

    /** Makes the bean, so that what is wrong with it is known at start. */
    public void start() {
        Object unused = bean.get();
    }

    /**
     * What a call gives instead of its failure; throws the failure if the fallback has nothing, and what the fallback itself
     * throws with the failure as suppressed.
     */
    public @Nullable Object answer(Method method, @Nullable Object[] arguments, Throwable failure) throws Throwable {
        Object target = target(failure);
        if (target == null) {
            throw failure;
        }
        try {
            return AopUtils.invokeJoinpointUsingReflection(target, method, arguments);
        } catch (Throwable own) {
            if (own != failure) {
                own.addSuppressed(failure);
            }
            throw own;
        }
    }

    @SuppressWarnings("unchecked") // FallbackReader has looked at the type arguments
    private @Nullable Object target(Throwable failure) {
        Object found = bean.get();
        if (type.isInstance(found)) {
            return found;
        }
        return ((Function<Throwable, @Nullable Object>) found).apply(failure);
    }
}
