package dev.weft.http.jetty;

import dev.weft.engine.CallDefaults;
import dev.weft.http.call.Terms;
import dev.weft.request.Hints;
import dev.weft.request.Inbound;
import io.opentelemetry.context.Context;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpConversation;

/**
 * Who sends a request: what the thread of the first request says, for it and for the redirects that follow on other threads.
 *
 * @param inbound what the thread serves
 * @param hints of the thread
 * @param trace of the thread
 */
record Caller(Inbound inbound, Hints hints, Context trace) {
    private static final String KEY = Caller.class.getName();

    static Caller of(HttpConversation conversation) {
        if (conversation.getAttribute(KEY) instanceof Caller known) {
            return known;
        }
        Caller here = new Caller(Inbound.current(), Hints.current(), Context.current());
        conversation.setAttribute(KEY, here);
        return here;
    }

    Terms terms(Request request) {
        Object hint = request.getAttributes().get(Hints.KEY);
        Object declared = request.getAttributes().get(CallDefaults.KEY);
        return Terms.of(hint instanceof Hints own ? own : hints)
                .defaults(declared instanceof CallDefaults defaults ? defaults : CallDefaults.NONE);
    }
}
