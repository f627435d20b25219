package dev.weft.spring.client.grpc;

import dev.weft.engine.CallDefaults;
import dev.weft.grpc.MeshGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;

/** Lets the calls of a channel carry what is declared for it. A method that its {@code .proto} calls idempotent may be repeated. */
final class DeclaredDefaults implements ClientInterceptor {
    private final CallDefaults once;
    private final CallDefaults idempotent;

    DeclaredDefaults(CallDefaults declared) {
        once = declared;
        idempotent =
                new CallDefaults(declared.timeout(), declared.retry(), true, declared.origin(), declared.retryOrigin());
    }

    @Override
    public <A, B> ClientCall<A, B> interceptCall(MethodDescriptor<A, B> method, CallOptions options, Channel next) {
        if (options.getOption(MeshGrpc.DEFAULTS) != null) {
            return next.newCall(method, options); // the code is nearer
        }
        CallDefaults declared = method.isIdempotent() || method.isSafe() ? idempotent : once;
        return next.newCall(method, options.withOption(MeshGrpc.DEFAULTS, declared));
    }
}
