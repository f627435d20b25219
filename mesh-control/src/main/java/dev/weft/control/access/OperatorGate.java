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

/** Opens a service to the mesh's operators, over TLS. A workload's certificate is none of theirs. */
public final class OperatorGate implements ServerInterceptor {
    private static final Context.Key<String> OPERATOR = Context.key("weft-operator");

    private final OperatorTokens tokens;
    private final Refusals refusals;

    public OperatorGate(OperatorTokens tokens, Refusals refusals) {
        this.tokens = tokens;
        this.refusals = refusals;
    }

    /** Who makes the call that is being handled on this thread. */
    public static @Nullable String current() {
        return OPERATOR.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Connection connection = Connection.of(call, headers);
        String operator = operator(connection);
        if (operator == null) {
            call.close(
                    Status.UNAUTHENTICATED.withDescription(
                            "an operator's token was expected: that of the user who runs the control plane, or one of"
                                    + " meshctl token create --operator"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        Context context = Context.current().withValue(OPERATOR, operator).withValue(Connection.KEY, connection);
        return Contexts.interceptCall(context, call, headers, next);
    }

    private @Nullable String operator(Connection connection) {
        RefusedException why;
        try {
            String bearer = connection.credentials().bearer();
            if (connection.tls() && bearer != null) {
                return tokens.check(bearer);
            }
            why = new RefusedException(Reason.UNAUTHENTICATED, "no operator's token, or not over TLS");
        } catch (RefusedException e) {
            why = e;
        } catch (IOException | RuntimeException e) {
            why = new RefusedException(Reason.UNAVAILABLE, "the operator's token could not be judged: " + e);
        }
        refusals.add(new Request(connection.address(), "operator", null), why);
        return null;
    }
}
