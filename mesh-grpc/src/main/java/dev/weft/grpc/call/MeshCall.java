package dev.weft.grpc.call;

import dev.weft.engine.Attempt;
import dev.weft.engine.Exchange;
import dev.weft.engine.ExchangeOptions;
import dev.weft.grpc.MeshGrpc;
import dev.weft.request.RequestHead;
import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call of an application: the user's side of it, and the parts that it is made of. What the user says goes to {@link Upload} and {@link
 * Demand}; what the engine wants comes by {@link Commands}, which make a {@link Flight} for each attempt; what the user hears goes through
 * {@link Downstream}.
 */
final class MeshCall<Q, R> extends ClientCall<Q, R> implements Downstream.Owner {
    private static final Executor DIRECT = Runnable::run;

    final MeshInterceptor mesh;
    final MethodDescriptor<Q, R> method;
    final AttemptCalls<Q, R> calls;
    final CallThreads threads;
    final Upload<Q> upload;
    final Downstream<R> downstream;
    final Demand<R> demand;
    final Stay stay;
    final Commands<Q, R> commands;

    private final CallOptions options;
    private final String authority;
    private final Context context;
    private final Context.CancellationListener contextListener = this::contextCancelled;

    // Written by start(), which comes before everything else.
    private @Nullable Exchange exchange;
    private Metadata headers = new Metadata();

    // User's thread only.
    private boolean cancelledEarly;
    private volatile boolean halfClosed;

    // Written when the listener has been told the end; read at the end of start().
    private volatile boolean over;

    MeshCall(MeshInterceptor mesh, MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        this.mesh = mesh;
        this.method = method;
        this.options = options;
        authority = next.authority();
        context = Context.current();
        Executor own = options.getExecutor();
        // A channel says which executor is its own before interceptors of its resolver run; another place has none to
        // offer.
        Executor executor = new OrHere(own == null ? ForkJoinPool.commonPool() : own);
        calls = new AttemptCalls<>(method, options.withExecutor(executor), context);
        upload = new Upload<>(mesh.memory);
        downstream = new Downstream<>(this, executor, context);
        threads = new CallThreads(executor, downstream);
        demand = new Demand<>(method.getType().serverSendsOneMessage(), downstream);
        stay = new Stay(mesh.waiting, next, this::end);
        commands = new Commands<>(this, next);
    }

    @Override
    public void start(Listener<R> listener, Metadata given) {
        checkState(exchange == null, "Already started");
        checkState(!cancelledEarly, "call was cancelled");
        downstream.begin(listener);
        headers = given;
        io.grpc.Deadline time = CallTime.of(options, context);
        RequestHead head = CallWords.head(mesh.target, authority, method, options, given, time);
        ExchangeOptions words =
                CallWords.options(method, options, time, mesh.world.ticker().nanoTime());
        Exchange begun = mesh.engine.exchange(head, words, mesh.abilities, commands);
        exchange = begun;
        commands.begin(begun);
        upload.begin(begun);
        if (context.isCancelled() && !CallTime.isOver(context)) {
            contextCancelled(context);
            return;
        }
        threads.start(begun::start);
        stay.take(true);
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
        demand.more(messages);
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
            exchange().requestComplete();
        }
    }

    @Override
    public void setMessageCompression(boolean enabled) {
        checkState(exchange != null, "Not started");
        upload.compression(enabled);
    }

    @Override
    public boolean isReady() {
        Flight<Q, R> to = commands.newest();
        return !halfClosed && to != null && upload.isFollowedBy(to) && to.line.isReady();
    }

    @Override
    public Attributes getAttributes() {
        Flight<Q, R> of = commands.newest();
        Exchange begun = exchange;
        Attributes attributes = of == null ? Attributes.EMPTY : of.line.attributes();
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
        end(Status.CANCELLED
                .withDescription(message == null ? "Call cancelled without message" : message)
                .withCause(cause));
    }

    private void contextCancelled(Context of) {
        Throwable cause = of.cancellationCause();
        // The engine knows the context's deadline, and tells it from a caller who has gone.
        if (!CallTime.isOver(of)) {
            end((cause instanceof TimeoutException ? Status.DEADLINE_EXCEEDED : Status.CANCELLED)
                    .withDescription(
                            cause == null || cause.getMessage() == null ? "Context cancelled" : cause.getMessage())
                    .withCause(cause));
        }
    }

    @Override
    public void broken(Status status) {
        end(status);
    }

    /** The caller's end of it: first what he hears, so that nothing overtakes it, then the attempts. */
    private void end(Status status) {
        stay.decided();
        downstream.elsewhere(() -> downstream.close(status, new Metadata()));
        exchange().cancel();
    }

    @Override
    public void finished() {
        over = true;
        stay.leave();
        demand.end();
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

    private Exchange exchange() {
        return Objects.requireNonNull(exchange);
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

    /** The caller's time, or null. */
    io.grpc.@Nullable Deadline time() {
        return CallTime.of(options, context);
    }

    /** Whether an attempt's time is over, or will be in so many nanoseconds. */
    boolean isLate(Attempt attempt, long nanos) {
        long deadline = attempt.deadlineNanos();
        return deadline != Long.MAX_VALUE && deadline - mesh.world.ticker().nanoTime() <= nanos;
    }

    /** An attempt has come to nothing by the caller's own doing: nobody else is to be tried. */
    void spoilt() {
        exchange().cancel();
    }

    /** An attempt that is no copy is over, whatever became of it. */
    void landed() {
        if (stay.landed()) {
            // When it has settled what comes next it says how long that takes.
            exchange().wake();
        }
    }
}
