package dev.weft.spring.declared;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.web.service.annotation.HttpExchange;

/** The methods of an interface that are requests, and what they give back. */
final class ReturnTypes {
    private static final boolean REACTOR =
            ClassUtils.isPresent("reactor.core.publisher.Mono", ReturnTypes.class.getClassLoader());

    private ReturnTypes() {}

    /** Methods with {@code @HttpExchange} or one of its kind, inherited ones too; in the same order every time. */
    static List<Method> exchanges(Class<?> type) {
        List<Method> methods = new ArrayList<>(MethodIntrospector.selectMethods(
                type, (Method m) -> AnnotatedElementUtils.hasAnnotation(m, HttpExchange.class)));
        methods.sort(Comparator.comparing(Method::toString));
        return methods;
    }

    static boolean isReactive(Class<?> type) {
        return exchanges(type).stream().anyMatch(ReturnTypes::isReactive);
    }

    /** The name of the first method that is reactive. */
    static String firstReactive(Class<?> type) {
        return exchanges(type).stream()
                .filter(ReturnTypes::isReactive)
                .findFirst()
                .map(Method::getName)
                .orElse("no method");
    }

    private static boolean isReactive(Method method) {
        return CompletionStage.class.isAssignableFrom(method.getReturnType())
                || adapter(method.getReturnType()) != null;
    }

    /** How a reactive type is a Publisher; null for a type that is not reactive. */
    static @Nullable ReactiveAdapter adapter(Class<?> returned) {
        return REACTOR ? ReactiveAdapterRegistry.getSharedInstance().getAdapter(returned) : null;
    }
}
