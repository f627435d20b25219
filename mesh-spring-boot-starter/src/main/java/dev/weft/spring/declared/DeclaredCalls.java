package dev.weft.spring.declared;

import dev.weft.engine.CallDefaults;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.ReactiveAdapter;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.service.invoker.HttpRequestValues;

/**
 * Goes before the proxy of one interface: lets its requests carry what is declared for the method, and asks the fallback. Safe for
 * use from any thread.
 */
final class DeclaredCalls implements MethodInterceptor {
    /**
     * From here to {@link #attribute}, which runs on the same thread within {@code proceed} but is told neither the interface nor
     * the proxy: a method inherited by two clients has something else declared in each. Taken by whoever reads it, so that a
     * request made while this one runs (by an interceptor, for a token) is not mistaken for it.
     */
    private static final ThreadLocal<@Nullable CallDefaults> BEGUN = new ThreadLocal<>();

    private final DeclaredClient client;
    private final Map<Method, ReactiveFallback> reactive = new HashMap<>();

    DeclaredCalls(DeclaredClient client) {
        this.client = client;
        Fallback fallback = client.fallback();
        for (Method method : client.calls().keySet()) {
            ReactiveAdapter adapter = ReturnTypes.adapter(method.getReturnType());
            if (fallback != null && adapter != null) {
                reactive.put(method, new ReactiveFallback(fallback, adapter));
            }
        }
    }

    /** Puts what is declared where the adapters look for it; for each request of a group, of other interfaces as well. */
    static void attribute(HttpRequestValues.Builder request) {
        CallDefaults declared = BEGUN.get();
        if (declared != null) {
            BEGUN.remove();
            request.addAttribute(CallDefaults.KEY, declared);
        }
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        Method method = call.getMethod();
        CallDefaults declared = client.calls().get(method);
        if (declared == null) {
            return notRequest(call, method);
        }
        ReactiveFallback later = reactive.get(method);
        if (later != null) {
            Object result = begin(call, declared);
            return result == null ? null : later.after(result, method, call.getArguments());
        }
        Fallback fallback = client.fallback();
        if (fallback == null) {
            return begin(call, declared);
        }
        try {
            return begin(call, declared);
        } catch (Throwable failure) {
            if (!Failures.ofTheService(failure)) {
                throw failure;
            }
            return fallback.answer(method, call.getArguments(), failure);
        }
    }

    /** What Spring's proxy does not do: toString, on which logs and debuggers rely, and bodies of an interface that is not public. */
    private @Nullable Object notRequest(MethodInvocation call, Method method) throws Throwable {
        if (ReflectionUtils.isToStringMethod(method)) {
            return client.toString();
        }
        return method.isDefault() && call instanceof ProxyMethodInvocation proxied
                ? DefaultMethod.call(proxied.getProxy(), method, call.getArguments())
                : call.proceed();
    }

    private static @Nullable Object begin(MethodInvocation call, CallDefaults declared) throws Throwable {
        BEGUN.set(declared);
        try {
            return call.proceed();
        } finally {
            BEGUN.remove();
        }
    }
}
