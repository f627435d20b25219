package dev.weft.spring.declared.grpc;

import dev.weft.spring.declared.DefaultMethod;
import dev.weft.spring.declared.Fallback;
import io.grpc.Channel;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Behind the methods of one interface. Safe for use from any thread. */
final class ClientProxy implements InvocationHandler {
    private static final @Nullable Object[] NONE = {};

    private final GrpcClient client;
    private final Supplier<Channel> channel;

    ClientProxy(GrpcClient client, Supplier<Channel> channel) {
        this.client = client;
        this.channel = channel;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given) throws Throwable {
        @Nullable Object[] arguments = given == null ? NONE : given;
        MethodCall call = client.calls().get(method);
        if (call != null) {
            Fallback fallback = client.fallback();
            Line line = new Line(
                    channel.get(),
                    call.called(),
                    call.options(arguments),
                    fallback == null ? null : new Instead(fallback, method, arguments));
            return call.form().call(line, call.sent(arguments));
        }
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method.getName(), arguments);
        }
        return DefaultMethod.call(proxy, method, arguments);
    }

    private Object ofObject(Object proxy, String method, @Nullable Object[] arguments) {
        return switch (method) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> client.toString();
        };
    }
}
