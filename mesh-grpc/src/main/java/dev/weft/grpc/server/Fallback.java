package dev.weft.grpc.server;

import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server does with methods that none of its services has: first what the user's own registry says, then the health service, and for
 * the rest a method that only says that there is none, so that such calls are judged and counted like any other. A health service of the user's
 * own is a registered service and comes before all this.
 */
final class Fallback extends HandlerRegistry {
    private static final Marshaller MARSHALLER = new Marshaller();

    private final HandlerRegistry users;
    private final ServerServiceDefinition health;
    private final ServerGuard guard;

    Fallback(HandlerRegistry users, ServerServiceDefinition health, ServerGuard guard) {
        this.users = users;
        this.health = health;
        this.guard = guard;
    }

    /** Whose it is. */
    ServerGuard guard() {
        return guard;
    }

    @Override
    public List<ServerServiceDefinition> getServices() {
        List<ServerServiceDefinition> services = new ArrayList<>(users.getServices());
        services.add(health);
        return services;
    }

    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
        ServerMethodDefinition<?, ?> known = users.lookupMethod(method, authority);
        if (known == null) {
            known = health.getMethod(method);
        }
        return known == null ? unknown(method) : known;
    }

    /** Whether a call is of a method that nobody has. */
    static boolean isUnknown(MethodDescriptor<?, ?> method) {
        return method.getRequestMarshaller() == MARSHALLER;
    }

    static Status unknownStatus(String method) {
        return Status.UNIMPLEMENTED.withDescription("Method not found: " + method);
    }

    private static ServerMethodDefinition<InputStream, InputStream> unknown(String method) {
        MethodDescriptor<InputStream, InputStream> descriptor = MethodDescriptor.newBuilder(MARSHALLER, MARSHALLER)
                .setType(MethodDescriptor.MethodType.UNKNOWN)
                .setFullMethodName(method)
                .build();
        return ServerMethodDefinition.create(descriptor, (call, headers) -> {
            call.close(unknownStatus(method), new Metadata());
            return new ServerCall.Listener<>() {};
        });
    }

    /** Of messages that nobody reads. */
    private static final class Marshaller implements MethodDescriptor.Marshaller<InputStream> {
        @Override
        public InputStream stream(InputStream value) {
            return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
            return new ByteArrayInputStream(new byte[0]);
        }
    }
}
