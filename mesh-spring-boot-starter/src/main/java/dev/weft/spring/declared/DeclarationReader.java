package dev.weft.spring.declared;

import dev.weft.config.RetryPolicy;
import dev.weft.engine.CallDefaults;
import dev.weft.settings.SettingProblem;
import dev.weft.spring.ClientProperties;
import dev.weft.spring.MeshCall;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.web.service.annotation.HttpExchange;

/** Reads an interface with its properties and checks what would otherwise fail at some call, or never be seen. */
final class DeclarationReader {
    private static final Logger LOG = LoggerFactory.getLogger(DeclarationReader.class);

    private final ConfigurableListableBeanFactory beans;
    private final Map<String, ClientProperties> properties;
    private final DoubleRetries doubles;
    private final Values values;

    DeclarationReader(
            ConfigurableListableBeanFactory beans,
            Map<String, ClientProperties> properties,
            DoubleRetries doubles,
            Values values) {
        this.beans = beans;
        this.properties = properties;
        this.doubles = doubles;
        this.values = values;
    }

    /** Null: its service is none; that and everything else wrong has been noted. */
    @Nullable
    DeclaredClient read(Declaration declaration) {
        ServiceAddress address = address(declaration);
        List<Method> exchanges = ReturnTypes.exchanges(declaration.type());
        checkMethods(declaration, exchanges);
        Map<Method, CallDefaults> calls = new LinkedHashMap<>();
        for (Method method : exchanges) {
            CallDefaults declared = defaults(declaration, method);
            checkDoubles(declaration, method, declared);
            if (address != null) {
                checkUrl(declaration, method, address);
            }
            calls.put(method, declared);
        }
        Fallback fallback = FallbackReader.read(declaration, beans, values);
        return address == null ? null : new DeclaredClient(declaration.type(), address.url(), calls, fallback);
    }

    private @Nullable ServiceAddress address(Declaration declaration) {
        String written = values.resolved(declaration.toString(), declaration.service());
        if (written == null) {
            return null;
        }
        ServiceAddress address = ServiceAddress.of(written);
        if (address == null) {
            values.problem(declaration.toString(), written, ServiceAddress.EXPECTED);
        }
        return address;
    }

    private CallDefaults defaults(Declaration declaration, Method method) {
        MergedAnnotation<MeshCall> call = call(method);
        List<Layer> layers = new ArrayList<>();
        ClientProperties said = properties.get(declaration.name());
        if (said != null) {
            layers.add(Layer.of(said, declaration.name()));
        }
        if (call.isPresent()) {
            layers.add(Layer.of(call, "@MeshCall " + place(declaration, method)));
        }
        layers.add(Layer.of(declaration.said(), declaration.toString()));
        boolean idempotent = call.isPresent() && call.getBoolean("idempotent");
        return values.merged(layers, idempotent, declaration.toString());
    }

    private void checkMethods(Declaration declaration, List<Method> exchanges) {
        if (exchanges.isEmpty()) {
            values.problem(
                    declaration.toString(),
                    declaration.type().getName(),
                    "methods with @GetExchange, @PostExchange, ... or @HttpExchange");
        }
        for (Method method : declaration.type().getMethods()) {
            if (exchanges.contains(method) || method.isBridge()) {
                continue;
            }
            String place = "@MeshClient " + place(declaration, method);
            if (Modifier.isAbstract(method.getModifiers())) {
                values.problem(place, method.getName(), "@GetExchange, @PostExchange, ... or a default method");
            } else if (call(method).isPresent()) {
                values.problem(place, "@MeshCall", "a method that is a request: this one sends none itself");
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
            String place = "@MeshClient " + place(declaration, method) + " url";
            String url = values.resolved(place, exchange.getString("url"));
            if (url != null && url.contains("://") && !(url + "/").startsWith(address.url() + "/")) {
                values.problem(place, url, "a path, or a URL that begins with " + address.url());
            }
        }
    }

    private void checkDoubles(Declaration declaration, Method method, CallDefaults declared) {
        DoubleRetries.Found other = doubles.around(declaration.type(), method);
        RetryPolicy retry = declared.retry();
        int attempts = 1 + (retry == null ? RetryPolicy.ISTIO_DEFAULT.retries() : retry.retries());
        if (other == null || other.attempts() <= 1 || attempts <= 1) {
            return;
        }
        String place = "@MeshClient " + place(declaration, method);
        String found =
                other.annotation() + " makes " + other.attempts() + " attempts of a call for which the mesh makes "
                        + attempts + ": up to " + other.attempts() * attempts + " requests";
        String remedy = "remove it, or say retry = @Retry(attempts = 0) here";
        ClientProperties said = properties.get(declaration.name());
        if (said != null && said.strict()) {
            String strict = remedy + " (mesh.clients." + declaration.name() + ".strict is true)";
            values.note(new SettingProblem(place, found, strict));
        } else {
            LOG.warn("{}: {}; {}", place, found, remedy);
        }
    }

    private static MergedAnnotation<MeshCall> call(Method method) {
        return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).get(MeshCall.class);
    }

    private static String place(Declaration declaration, Method method) {
        return declaration.type().getSimpleName() + "." + method.getName();
    }
}
