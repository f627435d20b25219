package dev.weft.grpc.server;

import dev.weft.Mesh;
import dev.weft.engine.InboundExchange;
import dev.weft.engine.Peer;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * What is reported of one stream, once, when the transport is done with it: that happens whatever handlers, interceptors and callers do. The
 * transport's thread ends it while others still write into it.
 */
final class CallBook extends ServerStreamTracer {
    private static final Context.Key<CallBook> KEY = Context.key("weft-call");

    private static final int OK = 200;

    private final Mesh mesh;
    private final String method;
    private final Metadata metadata;

    // All guarded by this.
    private boolean guarded;
    private @Nullable InboundExchange exchange;
    private @Nullable Status answer;
    private boolean over;

    CallBook(Mesh mesh, String method, Metadata metadata) {
        this.mesh = mesh;
        this.method = method;
        this.metadata = metadata;
    }

    /** Of the call whose context is current; null where the transport traces no streams. */
    static @Nullable CallBook current() {
        return KEY.get();
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(KEY, this);
    }

    /** The method as it came by wire. */
    String method() {
        return method;
    }

    /** Whether the call is not guarded yet; it is from now on. */
    synchronized boolean guard() {
        boolean first = !guarded;
        guarded = true;
        return first;
    }

    /** Takes the call to the engine; null if its stream is over already. */
    synchronized @Nullable InboundExchange begin(RequestHead head, Peer peer) {
        if (over) {
            return null;
        }
        InboundExchange begun = mesh.inbound().begin(head, peer);
        exchange = begun;
        return begun;
    }

    /** This is what the caller is sent, as far as it still can be. The first word counts, as for gRPC. */
    synchronized void answered(Status status) {
        if (answer == null) {
            answer = status;
        }
    }

    @Override
    public void streamClosed(Status status) {
        InboundExchange begun;
        Status said;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            begun = exchange;
            said = answer;
        }
        if (begun == null) {
            // gRPC answered before anybody was asked, or the caller left before.
            Headers headers = Fields.read(metadata);
            begun = mesh.inbound().begin(new RequestHead("POST", "http", "", "/" + method, headers), Peer.UNKNOWN);
        }
        report(begun, status, said);
    }

    private static void report(InboundExchange begun, Status status, @Nullable Status said) {
        Status.Code code = status.getCode();
        boolean answered = said != null && said.getCode() == code;
        if (!answered && (code == Status.Code.CANCELLED || code == Status.Code.UNAVAILABLE)) {
            // What transports say when the caller or the connection is gone, or the server stops now.
            begun.lost();
        } else {
            begun.finished(OK, code.value());
        }
    }
}
