package dev.weft.http.okhttp;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.Interceptor.Chain;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The part of an interceptor chain that OkHttp does not get to run for calls of the mesh. A proxy, because each version of OkHttp has
 * a chain with more methods than the one before; what is not about going on is asked of the chain that OkHttp runs.
 */
final class Links implements InvocationHandler {

    /** What comes after the last interceptor. */
    interface End {
        /** @param chain OkHttp's own, with what interceptors have set for this call */
        Response proceed(Chain chain, Request request) throws IOException;
    }

    private final Chain outer;
    private final Request request;
    private final List<Interceptor> rest;
    private final End end;

    private Links(Chain outer, Request request, List<Interceptor> rest, End end) {
        this.outer = outer;
        this.request = request;
        this.rest = rest;
        this.end = end;
    }

    static Response run(Chain outer, Request request, List<Interceptor> interceptors, End end) throws IOException {
        if (interceptors.isEmpty()) {
            return end.proceed(outer, request);
        }
        List<Interceptor> rest = interceptors.subList(1, interceptors.size());
        Response response = interceptors.get(0).intercept(chain(new Links(outer, request, rest, end)));
        if (response == null) {
            throw new NullPointerException("interceptor " + interceptors.get(0) + " returned null");
        }
        return response;
    }

    private static Chain chain(Links links) {
        return (Chain) Proxy.newProxyInstance(Links.class.getClassLoader(), new Class<?>[] {Chain.class}, links);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "request":
                return request;
            case "proceed":
                return run(outer, (Request) java.util.Objects.requireNonNull(arguments)[0], rest, end);
            case "connection":
                // The mesh picks one when the call is made, and another for each attempt.
                return null;
            default:
                return ask(method, arguments);
        }
    }

    private @Nullable Object ask(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            Object said = method.invoke(outer, arguments);
            return said instanceof Chain changed ? chain(new Links(changed, request, rest, end)) : said;
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
