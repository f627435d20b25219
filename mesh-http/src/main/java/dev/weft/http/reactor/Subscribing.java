package dev.weft.http.reactor;

import dev.weft.engine.CallDefaults;
import dev.weft.http.call.Terms;
import dev.weft.request.Hints;
import dev.weft.request.Inbound;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What a subscriber brings along: by his context, which follows him over all threads, or else by the thread on which he
 * subscribed. Immutable.
 *
 * @param context of the subscriber
 * @param inbound of his thread
 * @param hints of his thread
 * @param trace of his thread
 */
public record Subscribing(ContextView context, Inbound inbound, Hints hints, io.opentelemetry.context.Context trace) {

    /** On the thread that subscribes. */
    public static Subscribing here(ContextView context) {
        return new Subscribing(context, Inbound.current(), Hints.current(), io.opentelemetry.context.Context.current());
    }

    /** @param attributes of the request, which go before everything else; null: it has none */
    public Terms terms(@Nullable Map<String, Object> attributes) {
        Object own = attributes == null ? null : attributes.get(Hints.KEY);
        Object carried = context.hasKey(Hints.KEY) ? context.get(Hints.KEY) : null;
        Hints said = own instanceof Hints hint ? hint : carried instanceof Hints hint ? hint : hints;
        Object declared = attributes == null ? null : attributes.get(CallDefaults.KEY);
        return Terms.of(said).defaults(declared instanceof CallDefaults defaults ? defaults : CallDefaults.NONE);
    }

    /** Runs a task here and now, in the scope of the inbound request that the subscriber serves, with his trace. */
    public void run(Runnable task) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        // "handle" is where Reactor restores the thread's locals from the context, if it knows how: the trace is one of
        // them.
        Mono.just(task)
                .<Void>handle((given, nothing) -> {
                    try (Inbound.Scope scope = around().open();
                            Scope traced = traced().makeCurrent()) {
                        given.run();
                    }
                })
                .contextWrite(Context.of(context))
                .subscribe(nothing -> {}, failure::set);
        if (failure.get() != null) {
            throw Exceptions.propagate(failure.get());
        }
    }

    private io.opentelemetry.context.Context traced() {
        return Span.current().getSpanContext().isValid() ? io.opentelemetry.context.Context.current() : trace;
    }

    private Inbound around() {
        if (context.hasKey(Inbound.class)) {
            return context.get(Inbound.class);
        }
        return Inbound.current() == Inbound.NONE ? inbound : Inbound.current();
    }
}
