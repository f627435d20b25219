package dev.weft.grpc.call;

import dev.weft.engine.CallDefaults;
import dev.weft.engine.ExchangeOptions;
import dev.weft.grpc.MeshGrpc;
import dev.weft.grpc.link.MeshTarget;
import dev.weft.request.Authority;
import dev.weft.request.Deadline;
import dev.weft.request.Headers;
import dev.weft.request.Hints;
import dev.weft.request.Inbound;
import dev.weft.request.RequestHead;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

/** What the engine is told about a call, on the thread that begins it. */
final class CallWords {
    private CallWords() {}

    /** @param authority what the channel calls itself; the call may say something else */
    static RequestHead head(
            MeshTarget target,
            String authority,
            MethodDescriptor<?, ?> method,
            CallOptions options,
            Metadata given,
            io.grpc.@Nullable Deadline time) {
        Headers.Builder fields = Headers.builder().add(Fields.CONTENT_TYPE, Fields.GRPC);
        Fields.addTo(fields, given);
        fields.remove(Fields.TIMEOUT).remove(Fields.PREVIOUS_ATTEMPTS);
        if (time != null) {
            fields.add(Fields.TIMEOUT, CallTime.onWire(time));
        }
        String dialled = target.authority();
        String own = options.getAuthority();
        String named = own == null ? authority : own;
        return new RequestHead(
                "POST",
                target.demandsTls() ? "https" : "http",
                named,
                "/" + method.getFullMethodName(),
                fields.build(),
                Authority.port(dialled, "http"),
                named.equals(dialled) ? null : Authority.host(dialled));
    }

    static ExchangeOptions options(
            MethodDescriptor<?, ?> method, CallOptions options, io.grpc.@Nullable Deadline time, long now) {
        Hints hinted = options.getOption(MeshGrpc.HINTS);
        CallDefaults declared = options.getOption(MeshGrpc.DEFAULTS);
        return new ExchangeOptions(
                within(hinted == null ? Hints.current() : hinted, time, now),
                Inbound.current().deadline(),
                true,
                method.getType().clientSendsOneMessage(),
                options.isWaitForReady(),
                declared == null ? CallDefaults.NONE : declared);
    }

    private static Hints within(Hints hints, io.grpc.@Nullable Deadline time, long now) {
        if (time == null) {
            return hints;
        }
        Deadline until = CallTime.at(time, now);
        return new Hints(
                hints.within(),
                hints.until() == null ? until : until.earlierOf(hints.until()),
                hints.idempotent(),
                hints.noRetry(),
                hints.hashKey(),
                hints.explain());
    }
}
