package dev.weft.http.okhttp;

import dev.weft.request.Hints;
import dev.weft.request.Inbound;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Response;

/**
 * Remembers what was current on the thread that made a call: an enqueued one runs on another, and is still part of the same inbound
 * request and trace. OkHttp asks for a call's event listener where the call is made, which is why this hands out those of the user.
 * Safe for use from any thread.
 */
final class CallersThreads implements EventListener.Factory {
    private final EventListener.Factory listeners;

    // Only calls that have something to remember, until they are forgotten: an interceptor may let one run again.
    private final Map<Call, Remembered> remembered = Collections.synchronizedMap(new WeakHashMap<>());

    private record Remembered(Inbound inbound, Hints hints, Context trace) {
        Response run(Callable<Response> work) throws Exception {
            try (Inbound.Scope request = inbound.open();
                    Scope span = trace.makeCurrent()) {
                return hints.call(work);
            }
        }
    }

    CallersThreads(EventListener.Factory listeners) {
        this.listeners = listeners;
    }

    EventListener.Factory listeners() {
        return listeners;
    }

    @Override
    public EventListener create(Call call) {
        Remembered current = new Remembered(Inbound.current(), Hints.current(), Context.current());
        if (current.inbound != Inbound.NONE || current.hints != Hints.NONE || current.trace != Context.root()) {
            remembered.put(call, current);
        }
        return listeners.create(call);
    }

    /** Runs a call's work as if on the thread that made the call. */
    Response asThere(Call call, Callable<Response> work) throws IOException {
        Remembered there = remembered.get(call);
        try {
            return there == null ? work.call() : there.run(work);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
