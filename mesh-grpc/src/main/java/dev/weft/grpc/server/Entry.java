package dev.weft.grpc.server;

import dev.weft.engine.InboundExchange;
import dev.weft.grpc.MeshGrpc;
import dev.weft.request.Headers;
import dev.weft.request.Inbound;
import dev.weft.request.LocalReply;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;

/**
 * A judged call at the door of the application.
 *
 * @param metadata which handlers will see
 * @param arrived the same as it was judged
 */
record Entry<ReqT, RespT>(
        GuardedCall<ReqT, RespT> call,
        Metadata metadata,
        Headers arrived,
        ServerCallHandler<ReqT, RespT> handler,
        InboundExchange exchange,
        CallBook book) {

    /** Runs the handler, unless there is no time left. */
    ServerCall.Listener<ReqT> enter(Context context) {
        LocalReply tooLate = exchange.refusal();
        if (tooLate != null) {
            return refuse(tooLate);
        }
        String method = book.method();
        if (Fallback.isUnknown(call.getMethodDescriptor())) {
            // Interceptors of the application never saw such calls.
            call.close(Fallback.unknownStatus(method), new Metadata());
            return GuardInterceptor.nobody();
        }
        Fields.change(metadata, arrived, exchange.head().headers());
        call.changes(exchange.responseHeaders());
        Context inner = Deadlines.in(context.withValue(MeshGrpc.CALLER, exchange.caller()), exchange.remainingNanos());
        Context outer = inner.attach();
        try (Inbound.Scope scope = exchange.enter()) {
            return new GuardedListener<>(handler.startCall(call, metadata), exchange, inner, book);
        } catch (RuntimeException | Error e) {
            if (inner instanceof Context.CancellableContext ours) {
                // No event will end it, and until the caller's deadline, as far off as he likes, a timer would hold it.
                ours.cancel(e);
            }
            book.answered(Status.fromThrowable(e));
            throw e;
        } finally {
            inner.detach(outer);
        }
    }

    /** The same on a thread where gRPC does not hear of what the handler throws. */
    ServerCall.Listener<ReqT> enterLate(Context context) {
        try {
            return enter(context);
        } catch (Throwable e) {
            call.failed(Status.fromThrowable(e));
            LateFailures.log(book.method(), e);
            return GuardInterceptor.nobody();
        }
    }

    ServerCall.Listener<ReqT> refuse(LocalReply reply) {
        Refusal refusal = Refusal.of(reply);
        call.close(refusal.status(), refusal.trailers());
        return GuardInterceptor.nobody();
    }

    /** A handler threw on such a thread. */
    void failed(Throwable failure) {
        call.failed(Status.UNKNOWN
                .withDescription("Application error processing RPC")
                .withCause(failure));
        LateFailures.log(book.method(), failure);
    }
}
