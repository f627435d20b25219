package dev.weft.http.hc5;

import dev.weft.engine.CallDefaults;
import dev.weft.http.call.Terms;
import dev.weft.request.Hints;
import dev.weft.request.Inbound;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * What an execution began with, on its caller's thread. Redirects and authentication may go on elsewhere, with copies of the request.
 *
 * @param inbound the request being served there, whose deadline and trace are continued
 * @param hints of the context's attribute, else of the thread
 * @param abortable the user's request, where it can be aborted
 */
record Origin(Inbound inbound, Hints hints, @Nullable CancellableDependency abortable) {
    private static final String KEY = Origin.class.getName();

    static Origin here(HttpContext context, HttpRequest request) {
        return new Origin(
                Inbound.current(),
                Hints.orCurrent(context.getAttribute(Hints.KEY)),
                request instanceof CancellableDependency abortable ? abortable : null);
    }

    void remember(HttpContext context) {
        context.setAttribute(KEY, this);
    }

    static void forget(HttpContext context) {
        context.removeAttribute(KEY);
    }

    /** What was remembered; what begins here where nothing was. */
    static Origin of(HttpContext context, HttpRequest request) {
        return context.getAttribute(KEY) instanceof Origin origin ? origin : here(context, request);
    }

    Terms terms(HttpContext context, HttpRequest request) {
        Terms terms = Terms.of(hints).expectContinue(request.containsHeader("expect"));
        return context.getAttribute(CallDefaults.KEY) instanceof CallDefaults defaults
                ? terms.defaults(defaults)
                : terms;
    }
}
