package dev.weft.grpc.server;

import dev.weft.config.HeaderOps;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/** A call as handlers see it: what they answer is noted, and changed where the decision on the call asks for it. One thread at a time. */
final class GuardedCall<ReqT, RespT> extends SimpleForwardingServerCall<ReqT, RespT> {
    private final CallBook book;
    private HeaderOps changes = HeaderOps.NONE;
    private boolean headed;
    private boolean closed;

    GuardedCall(ServerCall<ReqT, RespT> call, CallBook book) {
        super(call);
        this.book = book;
    }

    /** Known once the call is let in. */
    void changes(HeaderOps wanted) {
        changes = wanted;
    }

    @Override
    public void sendHeaders(Metadata headers) {
        if (!headed) {
            headed = true;
            change(headers);
        }
        super.sendHeaders(headers);
    }

    @Override
    public void close(Status status, Metadata trailers) {
        closed = true;
        book.answered(status);
        if (!headed) {
            change(trailers);
        }
        super.close(status, trailers);
    }

    private void change(Metadata answer) {
        if (!changes.isEmpty()) {
            Fields.change(answer, changes);
        }
    }

    /** Ends a call whose handler has failed where gRPC does not see it. */
    void failed(Status status) {
        if (!closed) {
            close(status, new Metadata());
        }
    }
}
