package dev.weft.control.ads;

import dev.weft.config.Printable;
import dev.weft.proto.envoy.config.core.v3.Node;
import dev.weft.runtime.Timer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's stream. A monitor: requests come on gRPC's threads, pushes on the push thread, alarms on the timer's; each
 * does what can be done at once and returns.
 */
final class ClientStream {
    private static final Logger log = LoggerFactory.getLogger(ClientStream.class);
    private static final int MAX_NAME = 4_096;

    private static final int MAX_SHOWN = 1_000;

    private final AdsContext context;
    private final Dialect dialect;
    private final Outlet outlet;
    private final long number;
    private final long connectedAtMillis;
    private final @Nullable Proof proof;
    private final Timer.@Nullable Handle end;

    // All that follows is guarded by this.
    private final Map<ResourceType, TypeState> types = new EnumMap<>(ResourceType.class);
    private final PushOrder order;
    private final RequestBudget budget;
    private final StreamRegistration registration;
    private final List<Runnable> whenSettled = new ArrayList<>();
    private @Nullable Node rawNode;
    private @Nullable ClientNode node;
    private @Nullable PushedView target;
    private long nonce;
    private boolean closed;
    private boolean alarmSet;

    /** A stream of a client that proved nothing. */
    ClientStream(AdsContext context, Dialect dialect, Outlet outlet) {
        this(context, dialect, outlet, null);
    }

    /** A stream, which lasts as long as what was proved when it was opened. */
    ClientStream(AdsContext context, Dialect dialect, Outlet outlet, @Nullable Proof proof) {
        this.context = context;
        this.dialect = dialect;
        this.outlet = outlet;
        this.proof = proof;
        this.number = context.nextNumber();
        this.connectedAtMillis = context.world.ticker().epochMillis();
        this.order = new PushOrder(dialect, types, context.options.warming().toNanos());
        this.budget = new RequestBudget(
                context.options.requestsPerSecond(), context.world.ticker().nanoTime());
        this.registration = new StreamRegistration(context, this, number);
        this.end = proof == null ? null : proof.whenOver(context, this::close);
    }

    /** A request has come. */
    synchronized void request(Incoming request) {
        if (closed) {
            return;
        }
        try {
            handle(request);
            drain();
        } catch (StatusRuntimeException e) {
            log.warn("{} is disconnected: {}", name(), shown(e.getStatus().getDescription()));
            if (proof != null) {
                proof.broken(e.getStatus(), context.refusals);
            }
            close(e.getStatus());
            return;
        } catch (RuntimeException e) {
            log.warn("{}: a request failed; this is a defect in the control plane", name(), e);
            close(Status.INTERNAL.withDescription("the request failed: " + e));
            return;
        }
        long wait = budget.take(context.world.ticker().nanoTime());
        if (wait == 0) {
            outlet.read();
        } else {
            context.world.timer().schedule(wait, this::read);
        }
    }

    private synchronized void read() {
        if (!closed) {
            outlet.read();
        }
    }

    private void handle(Incoming request) {
        boolean registers = request.typeUrl().equals(StreamRegistration.TYPE_URL);
        Node said = request.node();
        if (said != null && (rawNode == null || registers)) {
            rawNode = said;
            node = NodeReader.read(said, proof == null ? null : proof.caller().identity());
            target = context.views.of(context.source.view(node));
        }
        if (node == null) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("node is missing, expected in the first request of a stream")
                    .asRuntimeException();
        }
        if (registers) {
            registration.handle(node, request);
            return;
        }
        ResourceType type = ResourceType.of(request.typeUrl());
        if (type == null) {
            if (request.nonce().isEmpty()) {
                outlet.send(ResponseEncoder.nothing(
                        dialect, request.typeUrl(), request.asked().names(), nextNonce()));
            }
            return;
        }
        subscribe(type, request);
    }

    private void subscribe(ResourceType type, Incoming request) {
        TypeState state = types.get(type);
        boolean first = state == null;
        if (state == null) {
            state = new TypeState(type);
            types.put(type, state);
        }
        boolean current = first || request.nonce().equals(state.responses().lastNonce());
        answered(state, request);
        // A state-of-the-world client that has not yet seen our newest response will say everything again when it has.
        if (dialect == Dialect.DELTA || current || request.nonce().isEmpty()) {
            request.asked().applyTo(state, first);
            checkNames(state);
        }
    }

    private void checkNames(TypeState state) {
        if (state.subscription().names().size() > context.options.maxNames()) {
            throw Status.RESOURCE_EXHAUSTED
                    .withDescription(state.type().shortName() + " subscription has more than "
                            + context.options.maxNames() + " names, the most for one stream")
                    .asRuntimeException();
        }
        for (String name : state.subscription().asked()) {
            if (name.length() > MAX_NAME) {
                throw Status.INVALID_ARGUMENT
                        .withDescription(state.type().shortName() + " name begins with " + name.substring(0, 100)
                                + " and has " + name.length() + " characters, expected at most " + MAX_NAME)
                        .asRuntimeException();
            }
        }
    }

    private void answered(TypeState state, Incoming request) {
        Responses.Sent sent =
                request.nonce().isEmpty() ? null : state.responses().answered(request.nonce());
        if (sent == null) {
            return;
        }
        long nowMillis = context.world.ticker().epochMillis();
        var error = request.error();
        if (error == null) {
            state.responses().accepted(sent, nowMillis);
        } else {
            List<Rejection> fresh = state.responses().refused(sent, error.getMessage(), nowMillis);
            state.rollBack(fresh);
            log.warn("{} refuses {} {}: {}", name(), state.type().shortName(), names(fresh), shown(error.getMessage()));
        }
        order.answered(state.type(), sent, error == null);
    }

    private static String names(List<Rejection> rejections) {
        String first = rejections.stream()
                .limit(5)
                .map(rejection -> rejection.resource().name())
                .toList()
                .toString();
        return rejections.size() > 5 ? first + " and " + (rejections.size() - 5) + " more" : first;
    }

    /** The configuration may have changed. */
    void push() {
        synchronized (this) {
            if (closed || node == null) {
                return;
            }
            try {
                target = context.views.of(context.source.view(node));
                drain();
            } catch (RuntimeException e) {
                log.warn("{}: a push failed, it keeps what it has until the next change", name(), e);
            }
        }
    }

    /** The transport has room again. */
    synchronized void ready() {
        if (!closed) {
            drain();
        }
    }

    private void drain() {
        PushedView view = target;
        if (view == null) {
            return;
        }
        long now = context.world.ticker().nanoTime();
        while (outlet.isReady()) {
            PushOrder.Next next = order.next(view, now);
            if (next == null) {
                break;
            }
            send(next, view);
        }
        if (order.stillWarming(now) && !alarmSet) {
            alarmSet = true;
            context.world.timer().schedule(order.patienceLeft(now), this::alarm);
        }
        if (!whenSettled.isEmpty() && order.settled(view, types.values())) {
            settled();
        }
    }

    private void alarm() {
        synchronized (this) {
            alarmSet = false;
        }
        context.executor.execute(this::ready);
    }

    private void send(PushOrder.Next next, PushedView view) {
        TypeState state = next.state();
        String mark = nextNonce();
        state.responses().sent(new Responses.Sent(mark, view.revision(), next.changes()));
        outlet.send(ResponseEncoder.encode(dialect, state, view, next.changes(), mark));
    }

    private String nextNonce() {
        return Long.toString(++nonce);
    }

    /** Runs the task on the executor once everything sent so far, and what is due now, was answered; at the end at latest. */
    synchronized void whenSettled(Runnable task) {
        PushedView view = target;
        if (closed || view == null || order.settled(view, types.values())) {
            context.executor.execute(task);
        } else {
            whenSettled.add(task);
        }
    }

    private void settled() {
        whenSettled.forEach(context.executor::execute);
        whenSettled.clear();
    }

    /** Answers a goodbye. */
    synchronized void farewell() {
        if (!closed) {
            outlet.send(ResponseEncoder.nothing(dialect, StreamRegistration.TYPE_URL, List.of(), nextNonce()));
        }
    }

    /** Ends the stream from our side. */
    synchronized void close(Status status) {
        if (!closed) {
            outlet.close(status);
            closed();
        }
    }

    /** The stream has ended, whoever ended it. */
    synchronized void closed() {
        if (!closed) {
            closed = true;
            if (end != null) {
                end.cancel();
            }
            registration.connectionLost();
            settled();
            context.remove(this);
        }
    }

    synchronized @Nullable PushedView target() {
        return target;
    }

    /** What there is to tell of this stream; null before its first request. */
    synchronized @Nullable StreamStatus status() {
        if (node == null || rawNode == null) {
            return null;
        }
        List<TypeStatus> statuses = types.values().stream().map(TypeStatus::of).toList();
        return new StreamStatus(
                rawNode,
                node,
                proof == null ? null : proof.caller(),
                dialect,
                connectedAtMillis,
                registration.health(),
                statuses);
    }

    private String name() {
        return node == null ? "a client without a name" : shown(node.displayName());
    }

    /** For the log: who is not authenticated must not be able to write lines of it. */
    private static String shown(@Nullable String said) {
        String text = Printable.of(String.valueOf(said));
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + " ...";
    }
}
