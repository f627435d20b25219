package dev.weft.grpc.call;

import dev.weft.engine.Attempt;
import dev.weft.grpc.link.AttemptOption;
import dev.weft.request.RequestHead;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.concurrent.Executor;

/**
 * Makes the channel's calls for the attempts of one call.
 *
 * @param options of the call
 * @param context of the call
 */
record AttemptCalls<Q, R>(MethodDescriptor<Q, R> method, CallOptions options, Context context) {
    private static final Executor DIRECT = Runnable::run;

    /**
     * Begins the call of an attempt.
     *
     * @param events hears what the call says
     * @param given the caller's metadata, where the bytes of binary fields are
     * @param next the channel below
     */
    void begin(Flight<Q, R> flight, ClientCall.Listener<R> events, Metadata given, Channel next) {
        Attempt attempt = flight.attempt;
        RequestHead head = attempt.head();
        Metadata sent = Fields.from(head.headers(), given);
        if (attempt.number() > 1) {
            sent.put(Fields.key(Fields.PREVIOUS_ATTEMPTS), String.valueOf(attempt.number() - 1));
        }
        // Values travel; the caller's going and his time are the engine's business.
        Context values = context == Context.ROOT ? context : context.fork();
        Context outer = values.attach();
        try {
            ClientCall<Q, R> call = next.newCall(method(head), options(flight, head, next.authority()));
            flight.line.is(call);
            call.start(events, sent);
            if (flight.isMirror()) {
                call.request(Integer.MAX_VALUE);
            } else if (method.getType().serverSendsOneMessage()) {
                // Asked for now it comes together with its head; the second is how gRPC notices a server that sends
                // too many.
                call.request(2);
            }
        } finally {
            values.detach(outer);
        }
    }

    private CallOptions options(Flight<Q, R> flight, RequestHead head, String authority) {
        CallOptions own =
                options.withOption(AttemptOption.KEY, flight.attempt).withStreamTracerFactory(flight.tracer.factory());
        // Each change is a copy, so only what has to be.
        if (own.getDeadline() != null) {
            own = own.withDeadline(null);
        }
        if (own.isWaitForReady()) {
            own = own.withoutWaitForReady();
        }
        if (!head.authority().equals(own.getAuthority() == null ? authority : own.getAuthority())) {
            own = own.withAuthority(head.authority());
        }
        // A copy may outlive the user's call, and with that an executor that is a waiting thread.
        return flight.isMirror() ? own.withExecutor(DIRECT) : own;
    }

    /** A route may rewrite the path. */
    private MethodDescriptor<Q, R> method(RequestHead head) {
        String name = method.getFullMethodName();
        String path = head.path();
        return path.length() == name.length() + 1 && path.endsWith(name)
                ? method
                : method.toBuilder().setFullMethodName(path.substring(1)).build();
    }
}
