package dev.weft.spring.declared.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a generated service, by the names that generated code gives them: {@code GetReview} and {@code get_review} are
 * {@code getReview}.
 */
record ServiceMethods(Map<String, MethodDescriptor<?, ?>> byName) {
    static final String EXPECTED = "the class that protoc made of the service, like ReviewsGrpc";

    /** Null: that is no generated service. */
    static @Nullable ServiceMethods of(Class<?> generated) {
        ServiceDescriptor service = descriptor(generated);
        if (service == null) {
            return null;
        }
        Map<String, MethodDescriptor<?, ?>> byName = new TreeMap<>();
        for (MethodDescriptor<?, ?> method : service.getMethods()) {
            String bare = method.getBareMethodName();
            if (bare != null) {
                byName.put(inJava(bare), method);
            }
        }
        return new ServiceMethods(byName);
    }

    /** Null: the class is not one that protoc made of a service. */
    static @Nullable Method accessor(Class<?> generated) {
        try {
            Method method = generated.getMethod("getServiceDescriptor");
            return method.getReturnType() == ServiceDescriptor.class ? method : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static @Nullable ServiceDescriptor descriptor(Class<?> generated) {
        Method accessor = accessor(generated);
        if (accessor == null) {
            return null;
        }
        try {
            accessor.setAccessible(true);
            return (ServiceDescriptor) accessor.invoke(null);
        } catch (IllegalAccessException | InvocationTargetException | NullPointerException e) {
            return null;
        }
    }

    private static String inJava(String bare) {
        StringBuilder name = new StringBuilder(bare.length());
        boolean capital = false;
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            if (c == '_') {
                capital = true;
            } else {
                name.append(name.length() == 0 ? Character.toLowerCase(c) : capital ? Character.toUpperCase(c) : c);
                capital = false;
            }
        }
        return name.toString();
    }

    /** Null: none. A trailing underscore, which keeps a name from being a word of Java, does not count. */
    @SuppressWarnings("unchecked") // whether the types fit is looked at next
    @Nullable
    MethodDescriptor<Object, Object> named(String method) {
        String name = method.endsWith("_") ? method.substring(0, method.length() - 1) : method;
        return (MethodDescriptor<Object, Object>) byName.get(name);
    }

    Set<String> names() {
        return byName.keySet();
    }
}
