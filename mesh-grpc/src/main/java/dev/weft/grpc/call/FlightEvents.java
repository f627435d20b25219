package dev.weft.grpc.call;

import dev.weft.engine.Attempt;
import dev.weft.request.Headers;
import dev.weft.request.ResponseHead;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** What the call of an attempt says, one event at a time on the executor: the engine hears it first. */
final class FlightEvents<Q, R> extends ClientCall.Listener<R> {
    // The unit in which gRPC's servers are told how much time is left.
    private static final long MILLI = 1_000_000;

    private final Flight<Q, R> flight;
    private final MeshCall<Q, R> owner;

    FlightEvents(Flight<Q, R> flight, MeshCall<Q, R> owner) {
        this.flight = flight;
        this.owner = owner;
    }

    @Override
    public void onReady() {
        if (flight.copy != null) {
            flight.copy.pump();
        } else if (flight == owner.commands.newest() && !flight.isMirror()) {
            owner.downstream.here(owner.downstream::ready);
        }
    }

    @Override
    public void onHeaders(Metadata arrived) {
        Headers.Builder fields = Headers.builder().add(Fields.CONTENT_TYPE, Fields.GRPC);
        Fields.addTo(fields, Fields.withoutClaims(arrived));
        answered(arrived, fields);
    }

    /** @param head null: it has ended with nothing before */
    private void answered(@Nullable Metadata head, Headers.Builder fields) {
        Headers all = fields.build();
        flight.answer.begins(head, all);
        tell(() -> flight.attempt.headers(new ResponseHead(200, all), head == null));
    }

    /** What a copy says comes on a thread of the transport's, which must not speak to the caller. */
    private void tell(Runnable event) {
        if (flight.isMirror()) {
            event.run();
        } else {
            owner.threads.hear(event);
        }
    }

    @Override
    public void onMessage(R message) {
        if (!flight.isMirror()) {
            owner.downstream.here(() -> flight.answer.message(message));
        }
    }

    @Override
    public void onClose(Status ended, Metadata last) {
        if (!flight.close()) {
            return;
        }
        Metadata own = Fields.withoutClaims(last);
        boolean whole = flight.tracer.answered();
        boolean begun = flight.answer.hasBegun();
        boolean spoilt = !begun && !decided(ended, own);
        if (spoilt) {
            owner.spoilt();
        }
        flight.report(flight.tracer.summary(whole, whole ? ended.getCode().value() : null));
        if (flight.isMirror()) {
            return;
        }
        if (spoilt) {
            owner.downstream.here(() -> owner.downstream.close(ended, own));
        } else if (begun && !whole && owner.isLate(flight.attempt, MILLI)) {
            // A server that keeps to the time it was told resets the stream, possibly just before we do.
            LocalStatus late = LocalStatus.brokenOff(true);
            owner.downstream.here(() -> flight.answer.end(late.status(), late.trailers()));
        } else {
            owner.downstream.here(() -> flight.answer.end(ended, own));
        }
    }

    /** There was no head: the end says what came instead. */
    private boolean decided(Status ended, Metadata last) {
        if (flight.tracer.answered()) {
            Headers.Builder fields = Headers.builder().add(Fields.CONTENT_TYPE, Fields.GRPC);
            Fields.addTo(fields, last);
            fields.set(Fields.STATUS, String.valueOf(ended.getCode().value()));
            answered(null, fields);
            return true;
        }
        int httpStatus = Failures.httpStatus(ended);
        if (httpStatus != 0) {
            tell(() -> flight.attempt.headers(new ResponseHead(httpStatus, Headers.EMPTY), true));
            return true;
        }
        Attempt.Failure failure = Failures.of(ended, flight.tracer);
        if (failure == null) {
            return flight.isMirror();
        }
        tell(() -> flight.attempt.failed(failure, ended.asException(last)));
        return true;
    }
}
