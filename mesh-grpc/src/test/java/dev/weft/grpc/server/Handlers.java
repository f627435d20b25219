package dev.weft.grpc.server;

import dev.weft.grpc.MeshGrpc;
import dev.weft.request.Inbound;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Services that note what reaches them. */
final class Handlers {
    /** What reached a handler: the method. */
    final List<String> reached = new CopyOnWriteArrayList<>();

    /** Metadata as the last handler saw it. */
    volatile Metadata metadata = new Metadata();

    /** Each event, with what was current while it was told. */
    final List<String> events = new CopyOnWriteArrayList<>();

    /** The last call that is still open. */
    volatile @Nullable ServerCall<String, String> open;

    List<ServerServiceDefinition> services() {
        return List.of(
                ServerServiceDefinition.builder("test.Public")
                        .addMethod(Texts.UNARY, this::serve)
                        .addMethod(Texts.BIDI, this::serve)
                        .build(),
                ServerServiceDefinition.builder("test.Admin")
                        .addMethod(Texts.ADMIN, this::serve)
                        .build());
    }

    /** Serves what the first message asks for: an answer, an exception, or nothing at all. */
    private ServerCall.Listener<String> serve(ServerCall<String, String> call, Metadata headers) {
        reached.add(call.getMethodDescriptor().getFullMethodName());
        metadata = headers;
        open = call;
        note("start");
        if (headers.containsKey(Metadata.Key.of("throw", Metadata.ASCII_STRING_MARSHALLER))) {
            throw Status.DATA_LOSS.withDescription("as asked").asRuntimeException();
        }
        call.request(1);
        StringBuilder read = new StringBuilder();
        return new ServerCall.Listener<>() {
            @Override
            public void onMessage(String message) {
                note("message");
                if (message.equals("throw")) {
                    throw new IllegalStateException("as asked");
                } else if (message.startsWith("more")) {
                    read.append(message, 4, Math.min(8, message.length())).append(' ');
                    call.request(1);
                } else if (!message.equals("nothing")) {
                    call.sendHeaders(new Metadata());
                    call.sendMessage("echo " + read + message);
                    call.close(Status.OK, new Metadata());
                }
            }

            @Override
            public void onHalfClose() {
                note("half-close");
            }

            @Override
            public void onCancel() {
                note("cancel");
            }

            @Override
            public void onComplete() {
                note("complete");
            }
        };
    }

    private void note(String event) {
        var caller = MeshGrpc.CALLER.get();
        var inbound = Inbound.current();
        var deadline = Context.current().getDeadline();
        events.add(event + " " + (caller == null ? "nobody" : caller.getName())
                + (caller == inbound.caller() ? "" : " but " + inbound.caller())
                + (inbound.deadline().exists() ? " until" : "")
                + (deadline == null ? "" : " " + (deadline.timeRemaining(TimeUnit.SECONDS) + 60) / 100 * 100 + "s"));
    }
}
