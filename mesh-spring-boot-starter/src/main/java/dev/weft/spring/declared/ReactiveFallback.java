package dev.weft.spring.declared;

import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A fallback for a result that comes later. A stream that has begun is not continued by another one: its failure goes to the caller.
 *
 * @param adapter of the method's type
 */
record ReactiveFallback(Fallback fallback, ReactiveAdapter adapter) {
    Object after(Object result, Method method, @Nullable Object[] arguments) {
        Publisher<?> first = adapter.toPublisher(result);
        return adapter.fromPublisher(
                adapter.isMultiValue() ? stream(first, method, arguments) : single(first, method, arguments));
    }

    private Mono<?> single(Publisher<?> first, Method method, @Nullable Object[] arguments) {
        return Mono.<Object>from(first)
                .onErrorResume(Failures::ofTheService, failure -> Mono.from(instead(failure, method, arguments)));
    }

    private Flux<?> stream(Publisher<?> first, Method method, @Nullable Object[] arguments) {
        return Flux.defer(() -> {
            AtomicBoolean begun = new AtomicBoolean();
            return Flux.<Object>from(first)
                    .doOnNext(item -> begun.set(true))
                    .onErrorResume(
                            failure -> !begun.get() && Failures.ofTheService(failure),
                            failure -> instead(failure, method, arguments));
        });
    }

    private Publisher<?> instead(Throwable failure, Method method, @Nullable Object[] arguments) {
        try {
            return adapter.toPublisher(fallback.answer(method, arguments, failure));
        } catch (Throwable thrown) {
            return Mono.error(thrown);
        }
    }
}
