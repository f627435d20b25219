package dev.weft.grpc.call;

import dev.weft.engine.Adapter;
import dev.weft.engine.Attempt;
import dev.weft.engine.Exchange;
import dev.weft.engine.Waker;
import dev.weft.grpc.link.ChannelHold;
import dev.weft.request.LocalReply;
import io.grpc.Channel;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the engine asks of a call, one command at a time, and the attempts that have come of it. */
final class Commands<Q, R> implements Adapter {
    private final MeshCall<Q, R> call;
    private final Channel channel;

    // Written before the exchange begins.
    private @Nullable Waker waker;

    // Used by commands only.
    private final List<Flight<Q, R>> flights = new ArrayList<>(1);

    // Written by commands; read by anybody.
    private volatile @Nullable Flight<Q, R> newest;

    /** @param channel below */
    Commands(MeshCall<Q, R> call, Channel channel) {
        this.call = call;
        this.channel = channel;
    }

    void begin(Exchange exchange) {
        waker = new Waker(call.mesh.world, exchange::wake);
    }

    /** The last attempt that was made, or the one whose answer is the caller's; no copy. */
    @Nullable
    Flight<Q, R> newest() {
        return newest;
    }

    @Override
    public void send(Attempt attempt) {
        Flight<Q, R> flight = new Flight<>(call, attempt);
        flights.add(flight);
        flight.expect();
        if (flight.isMirror()) {
            flight.launch(channel);
            return;
        }
        call.stay.sent();
        newest = flight;
        call.threads.run(() -> launch(flight));
    }

    private void launch(Flight<Q, R> flight) {
        ChannelHold past = call.stay.past();
        if (past == null) {
            flight.launch(channel);
            return;
        }
        Attempt attempt = flight.attempt;
        past.reach(attempt, attempt.head().authority(), new ChannelHold.Guest() {
            @Override
            public void reached(Channel host) {
                call.threads.runElsewhere(() -> flight.launch(host));
            }

            @Override
            public void missed(Status status) {
                call.threads.runElsewhere(() -> flight.missed(status));
            }
        });
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
        if (call.stay.waitsAgain()) {
            // Not here: what a channel does then may run the user's code.
            call.threads.runElsewhere(() -> call.stay.take(false));
        }
    }

    @Override
    public void reply(LocalReply reply) {
        call.stay.decided();
        LocalStatus local = LocalStatus.of(reply);
        call.threads.speak(() -> call.downstream.close(local.status(), local.trailers()));
    }

    @Override
    public void deliver(Attempt attempt) {
        Flight<Q, R> flight = Objects.requireNonNull(flight(attempt));
        call.stay.decided();
        newest = flight;
        flight.choose();
        call.threads.speak(flight.answer::handOver);
        call.demand.wonBy(flight);
        call.upload.release();
        call.stay.leave();
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
        return call.toString();
    }
}
