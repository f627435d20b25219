package dev.weft.http.spring.reactive;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A builder that passes everything on to the user's and wraps what that one builds: a connector that is set late is on the mesh too. A
 * proxy, so that what later versions of the interface add is passed on as well. Used by one thread, as builders are.
 */
final class MeshedWebClientBuilder implements InvocationHandler {
    private final WebClients clients;
    private final WebClient.Builder builder;

    private MeshedWebClientBuilder(WebClients clients, WebClient.Builder builder) {
        this.clients = clients;
        this.builder = builder;
    }

    static WebClient.Builder of(WebClients clients, WebClient.Builder builder) {
        WebClient.Builder users = Proxy.isProxyClass(builder.getClass())
                        && Proxy.getInvocationHandler(builder) instanceof MeshedWebClientBuilder meshed
                ? meshed.builder
                : builder;
        return (WebClient.Builder) Proxy.newProxyInstance(
                WebClient.Builder.class.getClassLoader(),
                new Class<?>[] {WebClient.Builder.class},
                new MeshedWebClientBuilder(clients, users));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "build" -> clients.wrap(builder.build());
            case "clone" -> of(clients, builder.clone());
            case "apply" -> {
                apply((WebClient.Builder) proxy, arguments);
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

    @SuppressWarnings("unchecked") // apply(Consumer<Builder>)
    private static void apply(WebClient.Builder proxy, Object @Nullable [] arguments) {
        if (arguments != null) {
            ((Consumer<WebClient.Builder>) arguments[0]).accept(proxy);
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
