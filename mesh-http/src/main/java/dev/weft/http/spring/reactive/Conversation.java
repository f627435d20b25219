package dev.weft.http.spring.reactive;

import dev.weft.http.call.Answer;
import dev.weft.http.call.Caller;
import dev.weft.http.call.Outbound;
import dev.weft.http.call.OutboundCall;
import dev.weft.http.call.Terms;
import dev.weft.http.reactor.Subscribing;
import dev.weft.runtime.Durations;
import dev.weft.runtime.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** One call, from a subscription to the head of its answer. */
final class Conversation implements Caller {
    private final Outbound outbound;
    private final ClientHttpConnector outside;
    private final OwnSettings own;
    private final Hop hop;
    private final MeshedRequest request;
    private final Subscribing subscribing;

    // The application's code runs here: one thread per call, on which it may block as little as on any of Reactor's.
    private final Scheduler.Worker worker = Schedulers.parallel().createWorker();

    // Whoever wins has the word: the answer, a failure, the client's own limit, or the subscriber who leaves.
    private final AtomicBoolean settled = new AtomicBoolean();

    private final AtomicReference<Timer.@Nullable Handle> silence = new AtomicReference<>();

    // What ends with the subscription: writing the request, the other client's call.
    private final Disposable.Composite running = Disposables.composite();

    // Each is written once, before whoever reads it can know of the event; read by any thread.
    private volatile @Nullable MonoSink<ClientHttpResponse> sink;
    private volatile @Nullable RequestBody body;
    private volatile @Nullable OutboundCall call;
    private volatile @Nullable MeshedResponse response;

    private Conversation(
            Outbound outbound, ClientHttpConnector outside, OwnSettings own, Hop hop, Subscribing subscribing) {
        this.subscribing = subscribing;
        this.outbound = outbound;
        this.outside = outside;
        this.own = own;
        this.hop = hop;
        request = new MeshedRequest(hop.method(), hop.uri(), this::send);
    }

    /** To be subscribed to at once, by the thread that calls. */
    static Mono<ClientHttpResponse> begin(
            Outbound outbound, ClientHttpConnector outside, OwnSettings own, Hop hop, ContextView context) {
        Conversation conversation = new Conversation(outbound, outside, own, hop, Subscribing.here(context));
        return Mono.create(conversation::start).doOnCancel(conversation::cancel);
    }

    private void start(MonoSink<ClientHttpResponse> given) {
        sink = given;
        // The context is the subscriber's: filters, observation and whatever the body's publisher looks for are in it.
        running.add(Mono.defer(() -> hop.callback().apply(request))
                .then(Mono.defer(request::setComplete))
                .contextWrite(given.contextView())
                .subscribe(nothing -> {}, this::fail, () -> {}, Context.of(given.contextView())));
    }

    /** Begins the call; what it gives completes when the body has been sent, for whoever wants to clean up after it. */
    private Mono<Void> send(RequestBody ready) {
        body = ready;
        Terms terms = subscribing.terms(request.getAttributes()).expectContinue(request.expectsContinue());
        subscribing.run(() -> {
            OutboundCall begun = outbound.begin(request.head(), ready.mesh(), terms, this);
            call = begun;
            if (settled.get() && response == null) {
                begun.cancel();
            }
        });
        return ready.written();
    }

    /** The client's own limit is on the server's silence: from the whole request to the head of the answer, for each attempt. */
    @Override
    public void requestComplete() {
        Duration limit = own.responseTimeout();
        if (limit != null && !limit.isZero()) {
            long nanos = Math.min(Durations.nanos(limit), Long.MAX_VALUE / 2);
            listen(outbound.world()
                    .timer()
                    .schedule(nanos, () -> fail(own.timeout().get())));
            if (settled.get()) {
                listen(null);
            }
        }
    }

    private void listen(Timer.@Nullable Handle next) {
        Timer.Handle before = silence.getAndSet(next);
        if (before != null) {
            before.cancel();
        }
    }

    @Override
    public void answered(Answer answer) {
        MeshedResponse given = new MeshedResponse(answer, worker::schedule);
        response = given;
        if (settled.compareAndSet(false, true)) {
            listen(null);
            worker.schedule(() -> sink().success(given));
        } else {
            given.abandon();
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (settled.compareAndSet(false, true)) {
            listen(null);
            worker.schedule(() -> sink().error(cause));
        }
    }

    @Override
    public boolean passesThrough() {
        RequestBody untouched = body;
        if (untouched == null) {
            return false;
        }
        worker.schedule(() -> running.add(outside.connect(hop.method(), hop.uri(), to -> copy(untouched, to))
                .contextWrite(sink().contextView())
                .subscribe(sink()::success, sink()::error, sink()::success)));
        return true;
    }

    private Mono<Void> copy(RequestBody untouched, ClientHttpRequest to) {
        to.getHeaders().putAll(request.getHeaders());
        to.getCookies().putAll(request.getCookies());
        to.getAttributes().putAll(request.getAttributes());
        return untouched.outside().apply(to);
    }

    /** The request could not be written, or time is over: nobody waits for the call any more. */
    private void fail(Throwable cause) {
        if (settled.compareAndSet(false, true)) {
            end();
            worker.schedule(() -> sink().error(cause));
        }
    }

    /** The subscriber has left; also after the answer, if he has not begun to read it. */
    private void cancel() {
        running.dispose();
        MeshedResponse unread = response;
        if (unread != null) {
            unread.abandon();
        }
        if (settled.compareAndSet(false, true)) {
            end();
        }
    }

    private void end() {
        listen(null);
        OutboundCall begun = call;
        if (begun != null) {
            begun.cancel();
        }
    }

    private MonoSink<ClientHttpResponse> sink() {
        MonoSink<ClientHttpResponse> known = sink;
        if (known == null) {
            throw new IllegalStateException("nobody has subscribed");
        }
        return known;
    }
}
