package dev.weft.spring.declared;

import dev.weft.engine.CallDefaults;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.web.service.annotation.HttpExchange;

/** Reads an HTTP interface and checks what would otherwise fail at some call, or never be seen. */
final class DeclarationReader {
    private final Reading reading;

    DeclarationReader(Reading reading) {
        this.reading = reading;
    }

    /** Null: its service is none; that and everything else wrong has been noted. */
    @Nullable
    DeclaredClient read(Declaration declaration) {
        ServiceAddress address = address(declaration);
        List<Method> exchanges = ReturnTypes.exchanges(declaration.type());
        checkMethods(declaration, exchanges);
        Map<Method, CallDefaults> calls = new LinkedHashMap<>();
        for (Method method : exchanges) {
            CallDefaults declared = reading.defaults(declaration, method);
            if (address != null) {
                checkUrl(declaration, method, address);
            }
            calls.put(method, declared);
        }
        Fallback fallback = reading.fallback(declaration);
        return address == null ? null : new DeclaredClient(declaration.type(), address.url(), calls, fallback);
    }

    private @Nullable ServiceAddress address(Declaration declaration) {
        String written = reading.resolved(declaration.toString(), declaration.service());
        if (written == null) {
            return null;
        }
        ServiceAddress address = ServiceAddress.of(written);
        if (address == null) {
            reading.problem(declaration.toString(), written, ServiceAddress.EXPECTED);
        }
        return address;
    }

    private void checkMethods(Declaration declaration, List<Method> exchanges) {
        if (exchanges.isEmpty()) {
            reading.problem(
                    declaration.toString(),
                    declaration.type().getName(),
                    "methods with @GetExchange, @PostExchange, ... or @HttpExchange; of a gRPC service: grpc = ...Grpc.class");
        }
        for (Method method : declaration.type().getMethods()) {
            if (exchanges.contains(method) || method.isBridge()) {
                continue;
            }
            if (Modifier.isAbstract(method.getModifiers())) {
                reading.problem(
                        declaration.place(method),
                        method.getName(),
                        "@GetExchange, @PostExchange, ... or a default method");
            } else {
                reading.refuseMeshCall(declaration, method);
            }
        }
    }

    /** A URL in {@code @HttpExchange} beats the group's; another host there would be called in silence. */
    private void checkUrl(Declaration declaration, Method method, ServiceAddress address) {
        for (MergedAnnotations where : List.of(
                MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY),
                MergedAnnotations.from(declaration.type(), SearchStrategy.TYPE_HIERARCHY))) {
            MergedAnnotation<HttpExchange> exchange = where.get(HttpExchange.class);
            if (!exchange.isPresent()) {
                continue;
            }
            String place = declaration.place(method) + " url";
            String url = reading.resolved(place, exchange.getString("url"));
            if (url != null && url.contains("://") && !(url + "/").startsWith(address.url() + "/")) {
                reading.problem(place, url, "a path, or a URL that begins with " + address.url());
            }
        }
    }
}
