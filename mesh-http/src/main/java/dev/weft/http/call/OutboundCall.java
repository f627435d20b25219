package dev.weft.http.call;

import dev.weft.config.MeshSnapshot;
import dev.weft.engine.Abilities;
import dev.weft.engine.Adapter;
import dev.weft.engine.Attempt;
import dev.weft.engine.Exchange;
import dev.weft.engine.ExchangeOptions;
import dev.weft.engine.Waker;
import dev.weft.http.body.OutgoingBody;
import dev.weft.request.Inbound;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One call of an application over the mesh's own transport. Asynchronous; who wants to block waits for its {@link Caller}. */
public final class OutboundCall implements Adapter {
    private static final Abilities ABILITIES = new Abilities(true, true, true, true, true);

    final Outbound mesh;
    final OutgoingBody body;
    final boolean expectContinue;
    final Exchange exchange;
    final Caller caller;

    private final RequestHead head;
    private final Waker waker;
    private final AtomicBoolean answered = new AtomicBoolean();

    // Used by commands only, which the engine gives one at a time.
    private final List<Flight> flights = new ArrayList<>(1);

    OutboundCall(Outbound mesh, RequestHead head, OutgoingBody body, Terms terms, Caller caller) {
        this.mesh = mesh;
        this.head = head;
        this.body = body;
        expectContinue = terms.expectContinue();
        this.caller = caller;
        ExchangeOptions options =
                new ExchangeOptions(terms.bounded(), Inbound.current().deadline(), body.replayable(), terms.defaults());
        exchange = mesh.engine().exchange(head, options, ABILITIES, this);
        waker = new Waker(mesh.world(), exchange::wake);
    }

    /** For its explanation and flags. */
    public Exchange exchange() {
        return exchange;
    }

    /** The caller is gone: every attempt ends, and the caller hears a {@link CancellationException} unless it has heard already. */
    public void cancel() {
        exchange.cancel();
        fail(new CancellationException("the call was cancelled"));
    }

    @Override
    public void send(Attempt attempt) {
        if (attempt.cluster().name().equals(MeshSnapshot.PASSTHROUGH_CLUSTER) && caller.passesThrough()) {
            answered.set(true);
            exchange.withdraw();
            attempt.closed(new Attempt.Closed(0, 0, false, null));
            return;
        }
        Flight flight = new Flight(this, attempt);
        flights.add(flight);
        flight.send();
    }

    @Override
    public void cancel(Attempt attempt) {
        Flight flight = flight(attempt);
        if (flight != null) {
            flight.cancel();
        }
    }

    @Override
    public void wakeAt(long nanos) {
        waker.at(nanos);
    }

    @Override
    public void reply(LocalReply reply) {
        body.discard(mesh.transport().blocking());
        if (answered.compareAndSet(false, true)) {
            caller.answered(LocalAnswers.of(reply, head.method()));
        }
    }

    @Override
    public void deliver(Attempt attempt) {
        Flight flight = flight(attempt);
        if (flight == null) {
            throw new IllegalStateException(attempt + " was never sent");
        }
        Answer answer = flight.delivered();
        if (answered.compareAndSet(false, true)) {
            caller.answered(answer);
        } else {
            answer.body().close();
        }
    }

    /** The request body could not be read: what is wrong is on the caller's side, and no other attempt would help. */
    void bodyFailed(Throwable cause) {
        exchange.cancel();
        fail(cause instanceof IOException ? cause : new IOException("request body: " + cause, cause));
    }

    private void fail(Throwable cause) {
        body.discard(mesh.transport().blocking());
        if (answered.compareAndSet(false, true)) {
            caller.failed(cause);
        }
    }

    private @Nullable Flight flight(Attempt attempt) {
        for (Flight flight : flights) {
            if (flight.attempt == attempt) {
                return flight;
            }
        }
        return null;
    }
}
