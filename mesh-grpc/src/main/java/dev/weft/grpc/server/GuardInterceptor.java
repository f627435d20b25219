package dev.weft.grpc.server;

import dev.weft.Mesh;
import dev.weft.engine.InboundExchange;
import dev.weft.engine.Peer;
import dev.weft.request.Authority;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has each call judged before anything of the application sees it. */
final class GuardInterceptor implements ServerInterceptor {
    private static final Logger log = LoggerFactory.getLogger(GuardInterceptor.class);

    private final Mesh mesh;
    private final Listening listening;
    private final BuilderParts parts;

    GuardInterceptor(Mesh mesh, Listening listening, BuilderParts parts) {
        this.mesh = mesh;
        this.listening = listening;
        this.parts = parts;
    }

    @Override
    public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
            ServerCall<ReqT, RespT> call, Metadata metadata, ServerCallHandler<ReqT, RespT> next) {
        CallBook traced = CallBook.current();
        CallBook book = traced != null
                ? traced
                : new CallBook(mesh, call.getMethodDescriptor().getFullMethodName(), metadata);
        if (!book.guard()) {
            // A second time in the same chain: the first was further out.
            return next.startCall(call, metadata);
        }
        listening.seen();
        GuardedCall<ReqT, RespT> guarded = new GuardedCall<>(call, book);
        String authority = call.getAuthority() == null ? "" : call.getAuthority();
        String trouble = Authority.trouble(authority);
        if (trouble != null) {
            log.debug("bad authority: {}", trouble);
            guarded.close(Status.INTERNAL.withDescription("bad authority"), new Metadata());
            return nobody();
        }
        Headers fields = Fields.read(metadata);
        Peer peer = Connections.peer(mesh, call.getAttributes());
        InboundExchange exchange = book.begin(head(book.method(), authority, fields, peer), peer);
        if (exchange == null) {
            // The stream is over before anybody looked at it.
            return nobody();
        }
        Entry<ReqT, RespT> entry = new Entry<>(guarded, metadata, fields, next, exchange, book);
        CompletableFuture<@Nullable LocalReply> decision = decide(exchange, "/" + book.method());
        if (decision.isDone()) {
            LocalReply refusal = decision.join();
            return refusal == null ? entry.enter(Context.current()) : refuse(entry, peer, refusal);
        }
        WaitingListener<ReqT> waiting = new WaitingListener<>();
        Context context = Context.current();
        decision.whenComplete((refusal, failure) -> later(guarded, () -> {
            if (failure != null) {
                throw failure;
            }
            if (!waiting.cancelled()) {
                waiting.judged(
                        () -> refusal == null ? entry.enterLate(context) : refuse(entry, peer, refusal), entry::failed);
            }
        }));
        return waiting;
    }

    private interface Task {
        void run() throws Throwable;
    }

    /** Whatever is thrown, the caller is told something and nobody is let in. */
    private void later(GuardedCall<?, ?> call, Task task) {
        try {
            parts.execute(() -> {
                try {
                    task.run();
                } catch (Throwable e) {
                    broken(call, e);
                }
            });
        } catch (RejectedExecutionException e) {
            // The server's executor has been shut down before it.
            call.failed(Status.UNAVAILABLE.withDescription("the server is shutting down"));
        } catch (RuntimeException | Error e) {
            broken(call, e);
        }
    }

    private static void broken(GuardedCall<?, ?> call, Throwable failure) {
        String method = call.getMethodDescriptor().getFullMethodName();
        log.warn("{}: a call could not be taken further after its decision", method, failure);
        call.failed(Status.INTERNAL.withDescription("the call could not be decided"));
    }

    private static RequestHead head(String method, String authority, Headers fields, Peer peer) {
        String scheme = peer.encrypted() ? "https" : "http";
        String name = Authority.withoutFinalDot(authority);
        int port = peer.local() == null
                ? Authority.port(name, scheme)
                : peer.local().getPort();
        return new RequestHead("POST", scheme, name, "/" + method, fields, port);
    }

    /** gRPC finds a method by the path as it was written; where the engine reads another one in it, both must pass. */
    private static CompletableFuture<@Nullable LocalReply> decide(InboundExchange exchange, String path) {
        return (path.equals(exchange.head().path()) && path.indexOf('%') < 0
                        ? exchange.decide()
                        : exchange.decide(path))
                .toCompletableFuture();
    }

    private <ReqT, RespT> ServerCall.Listener<ReqT> refuse(Entry<ReqT, RespT> entry, Peer peer, LocalReply reply) {
        // Who may not connect at all was perhaps not asked when he did: the log shall say what to do.
        listening.say(peer);
        return entry.refuse(reply);
    }

    /** Of a call that nobody serves. */
    static <ReqT> ServerCall.Listener<ReqT> nobody() {
        return new ServerCall.Listener<>() {};
    }
}
