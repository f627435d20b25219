package dev.weft.control.access;

import dev.weft.control.access.AuditLog.Request;
import dev.weft.control.access.RefusedException.Reason;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a service to callers who prove who they are. The others are refused by headers and TLS session alone: no byte of a request
 * of theirs is read. The caller is told what is wanted, and the audit log what was wrong.
 */
public final class CallerGate implements ServerInterceptor {
    private static final Logger log = LoggerFactory.getLogger(CallerGate.class);

    /** Whose call this is: written to the context of calls that were let in. */
    private final Authenticators authenticators;

    private final String wanted;
    private final Refusals refusals;

    /**
     * A gate.
     *
     * @param wanted what the refused are told
     */
    public CallerGate(Authenticators authenticators, String wanted, Refusals refusals) {
        this.authenticators = authenticators;
        this.wanted = wanted;
        this.refusals = refusals;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Connection connection = Connection.of(call, headers);
        Caller caller = authenticated(connection);
        if (caller == null) {
            call.close(Status.UNAUTHENTICATED.withDescription(wanted), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        Context context = Context.current().withValue(Caller.CURRENT, caller).withValue(Connection.KEY, connection);
        return Contexts.interceptCall(context, call, headers, next);
    }

    private @Nullable Caller authenticated(Connection connection) {
        RefusedException why;
        try {
            if (connection.tls()) {
                return authenticators.authenticate(connection.credentials());
            }
            why = new RefusedException(Reason.UNAUTHENTICATED, "credentials are believed over TLS only");
        } catch (RefusedException e) {
            why = e;
        } catch (IOException | RuntimeException e) {
            log.error("a credential could not be judged", e);
            why = new RefusedException(Reason.UNAVAILABLE, "the credential could not be judged");
        }
        refusals.add(new Request(connection.address(), null, null), why);
        return null;
    }
}
