package dev.weft.spring.declared;

import java.lang.reflect.Modifier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/** Reads {@code fallback} and checks it against the interface. */
final class FallbackReader {
    private FallbackReader() {}

    static @Nullable Fallback read(Declaration declaration, ConfigurableListableBeanFactory beans, Values values) {
        Class<?> fallback = declaration.fallback();
        if (fallback == null) {
            return null;
        }
        Class<?> type = declaration.type();
        String place = declaration + " fallback";
        if (!type.isAssignableFrom(fallback) && !gives(fallback, type)) {
            String name = type.getSimpleName();
            values.problem(
                    place,
                    fallback.getName(),
                    "a class that implements " + name + " or Function<Throwable, " + name + ">");
            return null;
        }
        boolean instantiable = !fallback.isInterface() && !Modifier.isAbstract(fallback.getModifiers());
        if (!instantiable && beans.getBeanNamesForType(fallback, true, false).length == 0) {
            values.problem(place, fallback.getName(), "a class that can be instantiated, or a bean of that type");
            return null;
        }
        return new Fallback(() -> beans.getBean(fallback), type);
    }

    private static boolean gives(Class<?> fallback, Class<?> type) {
        ResolvableType function = ResolvableType.forClass(fallback).as(Function.class);
        Class<?> argument = function.getGeneric(0).resolve();
        Class<?> result = function.getGeneric(1).resolve();
        return argument != null
                && result != null
                && argument.isAssignableFrom(Throwable.class)
                && type.isAssignableFrom(result);
    }
}
