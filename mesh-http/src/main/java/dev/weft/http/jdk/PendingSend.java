package dev.weft.http.jdk;

import dev.weft.http.body.BodyFeed;
import dev.weft.http.body.WholeBody;
import dev.weft.http.call.Answer;
import dev.weft.http.call.Caller;
import dev.weft.http.call.OutboundCall;
import dev.weft.http.call.Terms;
import dev.weft.request.Hints;
import dev.weft.request.Inbound;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.runtime.Durations;
import dev.weft.runtime.Timer;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One send of the JDK client's API, its redirects included. User code runs on the executor. */
final class PendingSend<T> implements Caller {
    private final MeshedHttpClient client;
    private final BodyHandler<T> handler;
    private final Executor executor;
    private final CompletableFuture<HttpResponse<T>> future = new CompletableFuture<>();
    private final Inbound inbound = Inbound.current();
    private final Hints hints = Hints.current();
    private final AtomicBoolean headCame = new AtomicBoolean();

    // All written before the call begins that makes others read them; then by the one task that handles its answer.
    private volatile @Nullable HttpRequest request;
    private volatile @Nullable HttpResponse<T> previous;
    private volatile @Nullable OutboundCall call;
    private volatile Timer.@Nullable Handle timer;
    private volatile long startNanos;
    private int redirects;

    PendingSend(MeshedHttpClient client, BodyHandler<T> handler, Executor executor) {
        this.client = client;
        this.handler = handler;
        this.executor = executor;
        future.whenComplete((response, failure) -> over(failure != null));
    }

    CompletableFuture<HttpResponse<T>> future() {
        return future;
    }

    /** On the caller's thread. */
    void begin(HttpRequest first) {
        startNanos = client.outbound().world().ticker().nanoTime();
        Duration timeout = first.timeout().orElse(null);
        if (timeout != null) {
            timer = client.outbound().world().timer().schedule(nanos(timeout), this::timedOut);
        }
        carry(first);
    }

    private void carry(HttpRequest next) {
        request = next;
        try {
            CookieHandler cookies = client.cookieHandler().orElse(null);
            RequestHead head = JdkHeads.request(next, cookies);
            OutboundCall begun = client.outbound()
                    .begin(
                            head,
                            JdkBody.of(next.bodyPublisher()),
                            Terms.of(bounded(next)).expectContinue(next.expectContinue()),
                            this);
            call = begun;
            if (future.isDone()) {
                begun.cancel();
            }
        } catch (IOException | RuntimeException e) {
            future.completeExceptionally(e);
        }
    }

    /** The client's own limit travels with the call, so that nobody works for a caller who has gone. */
    private Hints bounded(HttpRequest next) {
        Duration timeout = next.timeout().orElse(null);
        return timeout == null ? hints : hints.atMost(timeout);
    }

    @Override
    public void answered(Answer answer) {
        try {
            executor.execute(() -> {
                try {
                    take(answer);
                } catch (IOException | RuntimeException | Error e) {
                    answer.body().close();
                    future.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            // The user has shut his executor down: his code cannot run any more, but whoever waits must not wait for
            // ever.
            answer.body().close();
            future.completeExceptionally(e);
        }
    }

    @Override
    public void failed(Throwable cause) {
        try {
            executor.execute(() -> future.completeExceptionally(cause));
        } catch (RejectedExecutionException e) {
            future.completeExceptionally(cause);
        }
    }

    @Override
    public boolean passesThrough() {
        HttpRequest mine = request;
        if (mine == null) {
            return false;
        }
        executor.execute(() -> client.outside().sendAsync(mine, handler).whenComplete(this::complete));
        return true;
    }

    private void take(Answer answer) throws IOException {
        HttpRequest mine = request;
        if (mine == null || isTimeout(answer, mine)) {
            answer.body().close();
            timedOut();
            return;
        }
        CookieHandler cookies = client.cookieHandler().orElse(null);
        if (cookies != null) {
            cookies.put(mine.uri(), JdkHeads.response(answer.head().headers()).map());
        }
        HttpRequest redirected = Redirects.follow(client.followRedirects(), mine, answer.head(), redirects);
        if (redirected == null) {
            deliver(answer, mine);
            return;
        }
        redirects++;
        // Read to its end, so that the connection can be used again.
        WholeBody.gather(answer.body(), executor).whenComplete((bytes, failure) -> redirect(answer, mine, redirected));
    }

    private void redirect(Answer answer, HttpRequest from, HttpRequest to) {
        previous = new MeshedResponse<>(from, answer, null, previous);
        if (client.isOurs(to)) {
            try (Inbound.Scope scope = inbound.open()) {
                carry(to);
            }
        } else {
            client.outside().sendAsync(to, handler).whenComplete(this::complete);
        }
    }

    private void deliver(Answer answer, HttpRequest mine) {
        if (!headCame.compareAndSet(false, true)) {
            answer.body().close();
            return;
        }
        stopTimer();
        MeshedResponse<T> info = new MeshedResponse<>(mine, answer, null, previous);
        BodySubscriber<T> subscriber = handler.apply(info);
        BodyFeed.start(answer.body(), new OneByOne(subscriber), executor);
        subscriber
                .getBody()
                .whenComplete((body, failure) ->
                        complete(failure == null ? new MeshedResponse<>(mine, answer, body, previous) : null, failure));
    }

    private void complete(@Nullable HttpResponse<T> response, @Nullable Throwable failure) {
        if (failure != null) {
            future.completeExceptionally(failure);
        } else {
            future.complete(response);
        }
    }

    /** 504 of the mesh, because the client's own limit was the earliest: that one he wants to see thrown. */
    private boolean isTimeout(Answer answer, HttpRequest mine) {
        Duration timeout = mine.timeout().orElse(null);
        return timeout != null
                && answer.reply() != null
                && answer.reply().flags().contains(ResponseFlag.UT)
                && client.outbound().world().ticker().nanoTime() - startNanos >= nanos(timeout);
    }

    private void timedOut() {
        if (headCame.compareAndSet(false, true)) {
            failed(new HttpTimeoutException("request timed out"));
        }
    }

    private void over(boolean failed) {
        stopTimer();
        OutboundCall begun = call;
        if (failed && begun != null) {
            begun.cancel();
        }
    }

    private void stopTimer() {
        Timer.Handle set = timer;
        if (set != null) {
            set.cancel();
        }
    }

    /** Half of what a long holds, so that a timer may add it to the time. */
    private static long nanos(Duration duration) {
        return Math.min(Durations.nanos(duration), Long.MAX_VALUE / 2);
    }
}
