package dev.weft.http.servlet;

import dev.weft.engine.InboundExchange;
import dev.weft.request.Inbound;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One request on its way into the application, through as many dispatches as it takes. One thread at a time, as the container has it. */
final class Admission {
    final InboundExchange inbound;
    final CompletableFuture<@Nullable LocalReply> decision;

    /** Let in, and given to the application once at least. */
    boolean served;

    private final RequestHead arrived;
    private final boolean principal;

    Admission(
            InboundExchange inbound,
            RequestHead arrived,
            CompletableFuture<@Nullable LocalReply> decision,
            boolean principal) {
        this.inbound = inbound;
        this.arrived = arrived;
        this.principal = principal;
        this.decision = decision;
    }

    void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        served = true;
        HttpServletRequest shown = shown(request);
        HttpServletResponse changed = inbound.responseHeaders().isEmpty()
                ? response
                : new ChangedResponse(response, inbound.responseHeaders());
        try (Inbound.Scope scope = inbound.enter()) {
            chain.doFilter(shown, changed);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            if (response.isCommitted()) {
                inbound.lost();
            } else {
                // The container's answer to an exception.
                inbound.finished(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            }
            throw e;
        }
        if (request.isAsyncStarted()) {
            request.getAsyncContext().addListener(new End(response));
        } else {
            inbound.finished(response.getStatus());
        }
    }

    /** The request as the application may see it. */
    HttpServletRequest shown(HttpServletRequest request) {
        return new GuardedRequest(request, inbound, arrived, principal);
    }

    /** Reports an asynchronous request when it is over. The container forgets listeners with each new asynchronous cycle. */
    private final class End implements AsyncListener {
        private final HttpServletResponse response;

        End(HttpServletResponse response) {
            this.response = response;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            inbound.finished(response.getStatus());
        }

        @Override
        public void onError(AsyncEvent event) {
            if (response.isCommitted()) {
                inbound.lost();
            }
        }

        /** The container, or a listener of the application, answers; that is then complete. */
        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
