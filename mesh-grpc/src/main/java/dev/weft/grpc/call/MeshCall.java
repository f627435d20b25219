package dev.weft.grpc.call;

import dev.weft.engine.Adapter;
import dev.weft.engine.Attempt;
import dev.weft.engine.Exchange;
import dev.weft.engine.ExchangeOptions;
import dev.weft.engine.Waker;
import dev.weft.grpc.MeshGrpc;
import dev.weft.grpc.link.ChannelHold;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.runtime.Timer;
import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One call of an application. */
final class MeshCall<Q, R> extends ClientCall<Q, R> implements Adapter, Downstream.Owner {
    private static final Executor DIRECT = Runnable::run;

    final MethodDescriptor<Q, R> method;
    final Upload<Q> upload;
    final Downstream<R> downstream;
    final AttemptCalls<Q, R> calls;

    private final MeshInterceptor mesh;
    private final CallOptions options;
    private final Channel next;
    private final Context context;
    private final Executor executor;
    private final boolean oneAnswer;

    // Written by start(), which comes before everything else.
    private @Nullable Exchange exchange;
    private @Nullable Waker waker;
    private Metadata headers = new Metadata();
    private final Context.CancellationListener contextListener = this::contextCancelled;

    // User's thread only.
    private boolean cancelledEarly;
    private volatile boolean halfClosed;

    // Written when the listener has been told the end; read at the end of start().
    private volatile boolean over;

    // Used by commands only, which the engine gives one at a time.
    private final List<Flight<Q, R>> flights = new ArrayList<>(1);

    // Written by commands; read by anybody.
    private volatile @Nullable Flight<Q, R> newest;

    /** What the caller will hear is decided. Written by whoever decides, and by commands; read by anybody. */
    private volatile boolean decided;

    /** An attempt has ended and nothing was decided. Written by any; read by commands. */
    private volatile boolean hasLanded;

    /** It has joined those who hold the channel. Written on the executor and by start(); read by anybody. */
    private volatile boolean waited;

    /** Attempts that may still be answered. */
    private final AtomicInteger aloft = new AtomicInteger();

    /** For an answer that nobody asks for. Used by the downstream's tasks only. */
    private Timer.@Nullable Handle patience;

    // Guarded by this: what was asked for before there was somebody to ask.
    private @Nullable Flight<Q, R> winner;
    private int requested;

    // Threads on which the listener may be spoken to, and on which the user's marshallers and credentials may run.
    // Written by any: a thread finds itself here only where it has written itself.
    private @Nullable Thread listening;
    private @Nullable Thread starting;

    MeshCall(MeshInterceptor mesh, MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        this.mesh = mesh;
        this.method = method;
        this.options = options;
        this.next = next;
        context = Context.current();
        upload = new Upload<>(mesh.memory);
        oneAnswer = method.getType().serverSendsOneMessage();
        Executor own = options.getExecutor();
        // A channel says which executor is its own before interceptors of its resolver run; another place has none to
        // offer.
        executor = new OrHere(own == null ? ForkJoinPool.commonPool() : own);
        calls = new AttemptCalls<>(method, options.withExecutor(executor), context);
        downstream = new Downstream<>(this, executor, context);
    }

    @Override
    public void start(Listener<R> listener, Metadata given) {
        checkState(exchange == null, "Already started");
        checkState(!cancelledEarly, "call was cancelled");
        downstream.begin(listener);
        headers = given;
        io.grpc.Deadline time = CallTime.of(options, context);
        RequestHead head = CallWords.head(mesh.target, next.authority(), method, options, given, time);
        ExchangeOptions words =
                CallWords.options(method, options, time, mesh.world.ticker().nanoTime());
        Exchange begun = mesh.engine.exchange(head, words, mesh.abilities, this);
        exchange = begun;
        waker = new Waker(mesh.world, begun::wake);
        upload.begin(begun);
        if (context.isCancelled() && !CallTime.isOver(context)) {
            contextCancelled(context);
            return;
        }
        starting = Thread.currentThread();
        try {
            begun.start();
        } finally {
            starting = null;
        }
        holdChannel(true);
        if (context != Context.ROOT) {
            context.addListener(contextListener, DIRECT);
            if (over) {
                context.removeListener(contextListener);
            }
        }
    }

    @Override
    public void request(int messages) {
        checkState(exchange != null, "Not started");
        if (messages < 0) {
            throw new IllegalArgumentException("Number requested must be non-negative");
        }
        Flight<Q, R> to;
        synchronized (this) {
            to = winner;
            if (to == null || oneAnswer) {
                requested = (int) Math.min(Integer.MAX_VALUE, (long) requested + messages);
            }
        }
        if (to != null && oneAnswer) {
            downstream.elsewhere(to.answer::pass);
        } else if (to != null) {
            to.request(messages);
        }
    }

    /** Whether the caller has asked for messages that come without being asked for. */
    boolean asked() {
        if (!oneAnswer) {
            return true;
        }
        synchronized (this) {
            return requested > 0;
        }
    }

    /** The answer is whole, so the engine is done with the call; but the caller has not asked for it, and only his time runs on. */
    void unasked() {
        io.grpc.Deadline time = CallTime.of(options, context);
        if (time != null && patience == null) {
            Status late = Status.DEADLINE_EXCEEDED.withDescription("nobody asked for the answer in time");
            patience = mesh.world
                    .timer()
                    .schedule(
                            Math.max(0, time.timeRemaining(TimeUnit.NANOSECONDS)),
                            () -> downstream.elsewhere(() -> downstream.close(late, new Metadata())));
        }
    }

    @Override
    public void sendMessage(Q message) {
        checkState(exchange != null, "Not started");
        checkState(!halfClosed, "call was half-closed");
        upload.message(message);
    }

    @Override
    public void halfClose() {
        checkState(exchange != null, "Not started");
        checkState(!halfClosed, "call already half-closed");
        halfClosed = true;
        upload.halfClose();
        if (!method.getType().clientSendsOneMessage()) {
            Objects.requireNonNull(exchange).requestComplete();
        }
    }

    @Override
    public void setMessageCompression(boolean enabled) {
        checkState(exchange != null, "Not started");
        upload.compression(enabled);
    }

    @Override
    public boolean isReady() {
        Flight<Q, R> to = newest;
        return !halfClosed && to != null && upload.isFollowedBy(to) && to.isReady();
    }

    @Override
    public Attributes getAttributes() {
        Flight<Q, R> of = newest;
        Exchange begun = exchange;
        Attributes attributes = of == null ? Attributes.EMPTY : of.attributes();
        return begun == null
                ? attributes
                : attributes.toBuilder()
                        .set(MeshGrpc.EXPLANATION, begun::explain)
                        .build();
    }

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {
        if (exchange == null) {
            cancelledEarly = true;
            return;
        }
        end(
                Status.CANCELLED
                        .withDescription(message == null ? "Call cancelled without message" : message)
                        .withCause(cause),
                new Metadata());
    }

    private void contextCancelled(Context of) {
        Throwable cause = of.cancellationCause();
        // The engine knows the context's deadline, and tells it from a caller who has gone.
        if (!CallTime.isOver(of)) {
            end(
                    (cause instanceof TimeoutException ? Status.DEADLINE_EXCEEDED : Status.CANCELLED)
                            .withDescription(
                                    cause == null || cause.getMessage() == null
                                            ? "Context cancelled"
                                            : cause.getMessage())
                            .withCause(cause),
                    new Metadata());
        }
    }

    @Override
    public void broken(Status status) {
        end(status, new Metadata());
    }

    /** An attempt has come to nothing by the caller's own doing: nobody else is to be tried. */
    void spoilt() {
        Objects.requireNonNull(exchange).cancel();
    }

    /** The caller's end of it: first what he hears, so that nothing overtakes it, then the attempts. */
    private void end(Status status, Metadata trailers) {
        decided = true;
        downstream.elsewhere(() -> downstream.close(status, trailers));
        Objects.requireNonNull(exchange).cancel();
    }

    @Override
    public void finished() {
        over = true;
        letChannelGo();
        if (patience != null) {
            patience.cancel();
        }
        if (context != Context.ROOT) {
            context.removeListener(contextListener);
        }
        upload.release();
    }

    private static void checkState(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    // Commands.

    @Override
    public void send(Attempt attempt) {
        Flight<Q, R> flight = new Flight<>(this, attempt);
        flights.add(flight);
        flight.expect();
        if (flight.isMirror()) {
            flight.launch(next);
            return;
        }
        aloft.incrementAndGet();
        newest = flight;
        Thread current = Thread.currentThread();
        if (current == starting || current == listening) {
            launch(flight);
        } else {
            executor.execute(() -> launch(flight));
        }
    }

    private void launch(Flight<Q, R> flight) {
        ChannelHold past = waited ? mesh.waiting.past(next) : null;
        if (past == null) {
            flight.launch(next);
            return;
        }
        Attempt attempt = flight.attempt;
        past.reach(attempt, attempt.head().authority(), new ChannelHold.Guest() {
            @Override
            public void reached(Channel host) {
                executor.execute(() -> flight.launch(host));
            }

            @Override
            public void missed(Status status) {
                executor.execute(() -> flight.missed(status));
            }
        });
    }

    /** Nothing of it is below, where the channel would see it. */
    private boolean waits() {
        return aloft.get() == 0 && !decided;
    }

    private void holdChannel(boolean fresh) {
        if (!waits()) {
            return;
        }
        waited = true;
        mesh.waiting.join(this, next, fresh);
        if (decided) {
            letChannelGo();
        }
    }

    private void letChannelGo() {
        if (waited) {
            mesh.waiting.leave(this);
        }
    }

    /** The channel that it waits for has been shut down. */
    void channelEnded(Status status) {
        end(status, new Metadata());
    }

    @Override
    public void cancel(Attempt attempt) {
        Flight<Q, R> flight = flight(attempt);
        if (flight != null) {
            flight.cancel();
        }
    }

    @Override
    public void wakeAt(long nanos) {
        Objects.requireNonNull(waker).at(nanos);
        if (hasLanded && waits()) {
            // Not here: what a channel does then may run the user's code.
            executor.execute(() -> holdChannel(false));
        }
    }

    @Override
    public void reply(LocalReply reply) {
        decided = true;
        LocalStatus local = LocalStatus.of(reply);
        speak(() -> downstream.close(local.status(), local.trailers()));
    }

    @Override
    public void deliver(Attempt attempt) {
        Flight<Q, R> flight = Objects.requireNonNull(flight(attempt));
        decided = true;
        newest = flight;
        flight.choose();
        speak(flight.answer::handOver);
        int wanted;
        synchronized (this) {
            winner = flight;
            wanted = requested;
        }
        if (wanted > 0 && !oneAnswer) {
            flight.request(wanted);
        }
        upload.release();
        letChannelGo();
    }

    private void speak(Runnable task) {
        if (Thread.currentThread() == listening) {
            // After the engine's handler, which must not wait for the listener.
            downstream.later(task);
        } else {
            downstream.elsewhere(task);
        }
    }

    private @Nullable Flight<Q, R> flight(Attempt attempt) {
        for (Flight<Q, R> flight : flights) {
            if (flight.attempt == attempt) {
                return flight;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "MeshCall[" + mesh.target.authority() + ", " + method.getFullMethodName() + "]";
    }

    // What flights need.

    /** The caller's metadata. */
    Metadata headers() {
        return headers;
    }

    /** An event of an attempt, on a thread of the executor, where the listener may be spoken to. */
    void within(Runnable event) {
        listening = Thread.currentThread();
        try {
            event.run();
        } finally {
            listening = null;
        }
        downstream.settle();
    }

    /** An attempt's stream has room. */
    void ready(Flight<Q, R> flight) {
        if (flight == newest && !flight.isMirror()) {
            downstream.here(downstream::ready);
        }
    }

    /** An attempt has had everything that was sent so far; it may have been ready before. */
    void joined(Flight<Q, R> flight) {
        if (!flight.isMirror() && !method.getType().clientSendsOneMessage() && flight == newest && flight.isReady()) {
            downstream.elsewhere(downstream::ready);
        }
    }

    /** An attempt is over, whatever became of it. */
    void landed(Flight<Q, R> flight) {
        if (!flight.isMirror() && aloft.decrementAndGet() == 0 && !decided) {
            hasLanded = true;
            // When it has settled what comes next it says how long that takes.
            Objects.requireNonNull(exchange).wake();
        }
    }

    /** The engine has stopped an attempt whose response had begun. */
    void brokenOff(Attempt attempt) {
        LocalStatus local = LocalStatus.brokenOff(isLate(attempt, 0));
        downstream.elsewhere(() -> downstream.close(local.status(), local.trailers()));
    }

    /** Whether an attempt's time is over, or will be in so many nanoseconds. */
    boolean isLate(Attempt attempt, long nanos) {
        long deadline = attempt.deadlineNanos();
        return deadline != Long.MAX_VALUE && deadline - mesh.world.ticker().nanoTime() <= nanos;
    }
}
