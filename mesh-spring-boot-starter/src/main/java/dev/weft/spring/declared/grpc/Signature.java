package dev.weft.spring.declared.grpc;

import dev.weft.request.Hints;
import io.grpc.stub.StreamObserver;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * What a method of an interface takes and gives, type parameters of interfaces above it resolved.
 *
 * @param parameters without hints
 * @param hints which parameter is {@link Hints}; -1: none
 */
record Signature(String name, List<ResolvableType> parameters, ResolvableType returned, int hints) {
    static Signature of(Class<?> type, Method method) {
        List<ResolvableType> parameters = new ArrayList<>();
        int hints = -1;
        for (int i = 0; i < method.getParameterCount(); i++) {
            if (hints < 0 && method.getParameterTypes()[i] == Hints.class) {
                hints = i;
            } else {
                parameters.add(ResolvableType.forMethodParameter(method, i, type));
            }
        }
        return new Signature(method.getName(), parameters, ResolvableType.forMethodReturnType(method, type), hints);
    }

    /** One request. */
    boolean takes(@Nullable Class<?> request) {
        return parameters.size() == 1 && isAlways(parameters.get(0), request);
    }

    boolean gives(@Nullable Class<?> response) {
        return returned.resolve() != void.class && isEver(returned, response);
    }

    /** @param container generic in what it contains */
    boolean gives(Class<?> container, @Nullable Class<?> response) {
        return returned.resolve() == container && isEver(returned.getGeneric(0), response);
    }

    /** One request, whose answers go to an observer. */
    boolean isObserved(@Nullable Class<?> request, @Nullable Class<?> response) {
        return returned.resolve() == void.class
                && parameters.size() == 2
                && isAlways(parameters.get(0), request)
                && isObserver(parameters.get(1), response);
    }

    /** Both directions are observers. */
    boolean isObserving(@Nullable Class<?> request, @Nullable Class<?> response) {
        return returned.resolve() == StreamObserver.class
                && isAlways(returned.getGeneric(0), request)
                && parameters.size() == 1
                && isObserver(parameters.get(0), response);
    }

    private static boolean isObserver(ResolvableType type, @Nullable Class<?> response) {
        return type.resolve() == StreamObserver.class && isEver(type.getGeneric(0), response);
    }

    /** What the caller passes as this type is a {@code message}. */
    private static boolean isAlways(ResolvableType type, @Nullable Class<?> message) {
        return message == null || message.isAssignableFrom(type.resolve(Object.class));
    }

    /** A {@code message} can be given to the caller as this type. */
    private static boolean isEver(ResolvableType type, @Nullable Class<?> message) {
        return message == null || type.resolve(Object.class).isAssignableFrom(message);
    }

    @Override
    public String toString() {
        return shown(returned) + " " + name + "("
                + parameters.stream().map(Signature::shown).collect(Collectors.joining(", ")) + ")";
    }

    private static String shown(ResolvableType type) {
        String name = type.resolve(Object.class).getSimpleName();
        if (!type.hasGenerics()) {
            return name;
        }
        List<String> generics = new ArrayList<>();
        for (ResolvableType generic : type.getGenerics()) {
            generics.add(shown(generic));
        }
        return name + "<" + String.join(", ", generics) + ">";
    }
}
