package dev.weft.http.feign;

import dev.weft.http.body.Leftover;
import dev.weft.http.call.Answer;
import dev.weft.http.call.Caller;
import dev.weft.http.call.Outbound;
import dev.weft.http.call.OutboundCall;
import dev.weft.http.call.Patience;
import dev.weft.request.Hints;
import dev.weft.request.Inbound;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One asynchronous call, its redirects included. What may block runs on the transport's threads for that. */
final class PendingFeign<C> {
    private final MeshedAsyncClient<C> client;
    private final Request request;
    private final Request.Options options;
    private final Optional<C> context;
    private final CompletableFuture<Response> future = new CompletableFuture<>();
    private final Inbound inbound = Inbound.current();
    private final Hints hints = Hints.current();

    // Written by whoever begins a hop, one after the other; read by whoever gives the call up.
    private volatile @Nullable OutboundCall running;

    PendingFeign(MeshedAsyncClient<C> client, Request request, Request.Options options, Optional<C> context) {
        this.client = client;
        this.request = request;
        this.options = options;
        this.context = context;
        future.whenComplete((response, failure) -> {
            OutboundCall call = running;
            if (failure != null && call != null) {
                call.cancel();
            }
        });
    }

    CompletableFuture<Response> future() {
        return future;
    }

    /** On the caller's thread for the first request. */
    void carry(Outbound outbound, URI uri, Request next, int followed) {
        try {
            Hop hop = new Hop(outbound, next, followed);
            OutboundCall begun = outbound.begin(
                    FeignRequests.head(uri, next),
                    FeignRequests.body(next),
                    FeignRequests.terms(next, options, hints),
                    hop);
            running = begun;
            if (future.isDone()) {
                begun.cancel();
            }
        } catch (IOException | RuntimeException e) {
            future.completeExceptionally(e);
        }
    }

    private void follow(Request next, int followed) {
        URI uri = FeignRequests.uri(next);
        Outbound outbound = uri == null ? null : client.mesh().taking(uri);
        if (uri == null || outbound == null) {
            outside(next);
        } else {
            try (Inbound.Scope scope = inbound.open()) {
                carry(outbound, uri, next, followed);
            }
        }
    }

    private void outside(Request next) {
        CompletableFuture<Response> plain;
        try {
            plain = client.outside().execute(next, options, context);
        } catch (RuntimeException e) {
            future.completeExceptionally(e);
            return;
        }
        future.whenComplete((response, failure) -> plain.cancel(true));
        plain.whenComplete((response, failure) -> {
            if (failure != null) {
                future.completeExceptionally(failure);
            } else if (!future.complete(response)) {
                response.close();
            }
        });
    }

    /** One request of the call. */
    private final class Hop implements Caller {
        private final Outbound outbound;
        private final Request sent;
        private final int followed;
        private final Patience patience;

        Hop(Outbound outbound, Request sent, int followed) {
            this.outbound = outbound;
            this.sent = sent;
            this.followed = followed;
            Duration silence = FeignRequests.readTimeout(options);
            patience = new Patience(outbound.world().timer(), silence.isZero() ? null : silence, this::late);
        }

        private void late(Duration silence) {
            later(() -> future.completeExceptionally(new SocketTimeoutException("no response within " + silence)));
        }

        @Override
        public void requestComplete() {
            patience.begin();
        }

        @Override
        public void answered(Answer answer) {
            patience.end();
            later(() -> take(answer));
        }

        @Override
        public void failed(Throwable cause) {
            patience.end();
            later(() -> future.completeExceptionally(cause));
        }

        @Override
        public boolean passesThrough() {
            patience.end();
            later(() -> outside(sent));
            return true;
        }

        private void take(Answer answer) {
            try {
                Request next = FeignRedirects.follow(options, sent, answer.head(), followed);
                if (next != null) {
                    Leftover.discard(answer.body(), outbound.world().timer());
                    follow(next, followed + 1);
                } else if (!future.complete(FeignResponses.of(request, answer, outbound, options))) {
                    answer.body().close();
                }
            } catch (IOException | RuntimeException e) {
                answer.body().close();
                future.completeExceptionally(e);
            }
        }

        private void later(Runnable task) {
            try {
                outbound.transport().blocking().execute(task);
            } catch (RejectedExecutionException e) {
                // The mesh has been closed meanwhile: whoever waits must not wait for ever.
                future.completeExceptionally(e);
            }
        }
    }
}
