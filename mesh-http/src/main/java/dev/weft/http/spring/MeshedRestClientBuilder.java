package dev.weft.http.spring;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClient;

/**
 * A builder that passes everything on to the user's and wraps what that one builds: a request factory that is set late is on the mesh
 * too. A proxy, so that what later versions of the interface add is passed on as well. Used by one thread, as builders are.
 */
final class MeshedRestClientBuilder implements InvocationHandler {
    private final SpringClients clients;
    private final RestClient.Builder builder;

    private MeshedRestClientBuilder(SpringClients clients, RestClient.Builder builder) {
        this.clients = clients;
        this.builder = builder;
    }

    static RestClient.Builder of(SpringClients clients, RestClient.Builder builder) {
        RestClient.Builder users = Proxy.isProxyClass(builder.getClass())
                        && Proxy.getInvocationHandler(builder) instanceof MeshedRestClientBuilder meshed
                ? meshed.builder
                : builder;
        return (RestClient.Builder) Proxy.newProxyInstance(
                RestClient.Builder.class.getClassLoader(),
                new Class<?>[] {RestClient.Builder.class},
                new MeshedRestClientBuilder(clients, users));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "build" -> clients.wrap(builder.build());
            case "clone" -> of(clients, builder.clone());
            case "apply" -> {
                apply((RestClient.Builder) proxy, arguments);
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
    private static void apply(RestClient.Builder proxy, Object @Nullable [] arguments) {
        if (arguments != null) {
            ((Consumer<RestClient.Builder>) arguments[0]).accept(proxy);
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
