package dev.weft.grpc.server;

import dev.weft.engine.InboundExchange;
import dev.weft.request.Inbound;
import io.grpc.Context;
import io.grpc.ServerCall;
import io.grpc.Status;

/** Brings each event of a call to its handler, in the call's scope and context. */
final class GuardedListener<ReqT> extends ServerCall.Listener<ReqT> {
    /** What gRPC says when a handler throws. */
    private static final Status FAILED = Status.UNKNOWN;

    private final ServerCall.Listener<ReqT> handler;
    private final InboundExchange exchange;
    private final Context context;
    private final CallBook book;

    GuardedListener(ServerCall.Listener<ReqT> handler, InboundExchange exchange, Context context, CallBook book) {
        this.handler = handler;
        this.exchange = exchange;
        this.context = context;
        this.book = book;
    }

    private void in(Runnable event) {
        Context outer = context.attach();
        try (Inbound.Scope scope = exchange.enter()) {
            event.run();
        } catch (RuntimeException | Error e) {
            book.answered(FAILED);
            throw e;
        } finally {
            context.detach(outer);
        }
    }

    @Override
    public void onMessage(ReqT message) {
        in(() -> handler.onMessage(message));
    }

    @Override
    public void onHalfClose() {
        in(handler::onHalfClose);
    }

    @Override
    public void onReady() {
        in(handler::onReady);
    }

    @Override
    public void onCancel() {
        try {
            in(handler::onCancel);
        } finally {
            over(Status.CANCELLED);
        }
    }

    @Override
    public void onComplete() {
        try {
            in(handler::onComplete);
        } finally {
            over(Status.OK);
        }
    }

    /** The transport has said so already, unless it is one that traces no streams. */
    private void over(Status status) {
        if (context instanceof Context.CancellableContext ours) {
            ours.cancel(null);
        }
        book.streamClosed(status);
    }
}
