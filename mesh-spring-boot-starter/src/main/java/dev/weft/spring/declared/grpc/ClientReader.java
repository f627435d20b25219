package dev.weft.spring.declared.grpc;

import static java.util.Objects.requireNonNull;

import dev.weft.engine.CallDefaults;
import dev.weft.grpc.MeshGrpc;
import dev.weft.spring.declared.Declaration;
import dev.weft.spring.declared.Fallback;
import dev.weft.spring.declared.Reading;
import dev.weft.spring.declared.ServiceAddress;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Reads an interface against the service that it names. */
final class ClientReader {
    private static final String EXPECTED = "the service with its port, like reviews:9090 or reviews.prod:9090";
    private static final String CHANNELS = "spring.grpc.client.channel";

    private final Reading reading;
    private final Map<String, Object> channels;

    ClientReader(Reading reading, Environment environment) {
        this.reading = reading;
        this.channels = Binder.get(environment)
                .bind(CHANNELS, Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of());
    }

    /** Null: nothing can be made of it; that and everything else wrong has been noted. */
    @Nullable
    GrpcClient read(Declaration declaration) {
        String channel = channel(declaration);
        Map<Method, MethodCall> calls = new LinkedHashMap<>();
        Class<?> generated = requireNonNull(declaration.grpc());
        ServiceMethods service = ServiceMethods.of(generated);
        if (service == null) {
            reading.problem(declaration + " grpc", generated.getName(), ServiceMethods.EXPECTED);
        } else {
            readMethods(declaration, service, calls);
        }
        Fallback fallback = reading.fallback(declaration);
        return channel == null ? null : new GrpcClient(declaration.type(), channel, calls, fallback);
    }

    private @Nullable String channel(Declaration declaration) {
        String place = declaration.toString();
        String service = reading.resolved(place, declaration.service());
        if (service == null) {
            return null;
        }
        if (service.contains("://") || ServiceAddress.of(service) == null) {
            reading.problem(place, service, EXPECTED);
            return null;
        }
        Object own = channels.get(declaration.name());
        if (own instanceof Map<?, ?> settings && !settings.containsKey("target")) {
            // Spring Boot would take localhost.
            reading.problem(CHANNELS + "." + declaration.name(), settings.keySet(), "target: " + service + " as well");
        }
        return own == null ? service : declaration.name();
    }

    private void readMethods(Declaration declaration, ServiceMethods service, Map<Method, MethodCall> calls) {
        Method[] methods = declaration.type().getMethods();
        Arrays.sort(methods, Comparator.comparing(Method::toString)); // the same problems in the same order every time
        for (Method method : methods) {
            if (Modifier.isAbstract(method.getModifiers())) {
                MethodCall call = read(declaration, method, service);
                if (call != null) {
                    calls.put(method, call);
                }
            } else if (!method.isBridge()) {
                reading.refuseMeshCall(declaration, method);
            }
        }
        if (methods.length == 0) {
            reading.problem(declaration.toString(), declaration.type().getName(), "methods out of " + service.names());
        }
    }

    private @Nullable MethodCall read(Declaration declaration, Method method, ServiceMethods service) {
        CallDefaults declared = reading.defaults(declaration, method);
        MethodDescriptor<Object, Object> called = service.named(method.getName());
        if (called == null) {
            reading.problem(
                    declaration.place(method),
                    method.getName(),
                    "a method of the service, out of " + service.names() + ", or a default method");
            return null;
        }
        Signature signature = Signature.of(declaration.type(), method);
        Messages messages = Messages.of(called);
        for (Form form : Form.values()) {
            if (form.isFor(called.getType()) && form.fits(signature, messages)) {
                CallOptions defaults = CallOptions.DEFAULT.withOption(MeshGrpc.DEFAULTS, repeatable(called, declared));
                return new MethodCall(called, form, signature.hints(), defaults);
            }
        }
        reading.problem(declaration.place(method), signature, expected(method.getName(), called, messages));
        return null;
    }

    private static String expected(String name, MethodDescriptor<?, ?> called, Messages messages) {
        List<String> texts = new ArrayList<>();
        for (Form form : Form.values()) {
            if (form.isFor(called.getType())) {
                texts.add(form.text(name, messages));
            }
        }
        String kind = called.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return String.join(" or ", texts) + ", with a parameter Hints if need be: " + called.getFullMethodName()
                + " is " + kind;
    }

    /** A method that its {@code .proto} calls idempotent may be repeated, without another word. */
    private static CallDefaults repeatable(MethodDescriptor<?, ?> called, CallDefaults declared) {
        boolean idempotent = declared.idempotent() || called.isIdempotent() || called.isSafe();
        return new CallDefaults(
                declared.timeout(), declared.retry(), idempotent, declared.origin(), declared.retryOrigin());
    }
}
