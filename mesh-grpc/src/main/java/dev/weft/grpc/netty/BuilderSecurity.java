package dev.weft.grpc.netty;

import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiator;
import io.netty.channel.ChannelHandler;
import io.netty.util.AsciiString;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * How a builder encrypts as its user has set it up. gRPC keeps that in a field without an accessor and in types that only it can name, and a
 * builder that was made with credentials has no setter for it; so this goes by reflection, and says so where a release of gRPC has changed.
 */
final class BuilderSecurity {
    private static final String FIELD = "protocolNegotiatorFactory";

    private final Object builder;
    private final Field field;
    private final Object factory;

    private BuilderSecurity(Object builder, Field field, Object factory) {
        this.builder = builder;
        this.field = field;
        this.factory = factory;
    }

    /** Of a channel's or a server's builder, as it is now. */
    static BuilderSecurity of(Object builder) {
        try {
            Field field = builder.getClass().getDeclaredField(FIELD);
            field.setAccessible(true);
            return new BuilderSecurity(builder, field, field.get(builder));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw changed(builder.getClass().getName() + "." + FIELD, e);
        }
    }

    /** What makes negotiators: the user's, or what was put in its place before. */
    Object factory() {
        return factory;
    }

    /** Puts ours in its place. */
    void replace(Object ours) {
        try {
            field.set(builder, ours);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw changed(builder.getClass().getName() + "." + FIELD, e);
        }
    }

    int defaultPort() {
        return (Integer) call(factory, field.getType(), "getDefaultPort");
    }

    /**
     * What the user's factory makes.
     *
     * @param arguments as the factory's kind wants them
     */
    InternalProtocolNegotiator.ProtocolNegotiator newNegotiator(@Nullable Object... arguments) {
        Object made = call(factory, field.getType(), "newNegotiator", arguments);
        return made instanceof InternalProtocolNegotiator.ProtocolNegotiator known
                ? known
                : new Foreign(made, method(field.getType(), "newNegotiator").getReturnType());
    }

    private static Object call(Object target, Class<?> type, String name, @Nullable Object... arguments) {
        Method method = method(type, name);
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException said) {
                throw said;
            }
            throw new IllegalStateException(type.getName() + "." + name + ": " + e.getCause(), e);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw changed(type.getName() + "." + name, e);
        }
    }

    /** By the interface that gRPC declares: the user's class may be any. */
    private static Method method(Class<?> type, String name) {
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name)) {
                method.setAccessible(true);
                return method;
            }
        }
        throw changed(type.getName() + "." + name, null);
    }

    private static IllegalStateException changed(String what, @Nullable Exception cause) {
        return new IllegalStateException(
                "this release of grpc-netty has no " + what + " that can be used (" + cause
                        + "): it is not one that Weft knows; take the release that Weft was built with, or a later Weft",
                cause);
    }

    /** A negotiator in the type that can be named. */
    private static final class Foreign implements InternalProtocolNegotiator.ProtocolNegotiator {
        private final Object negotiator;
        private final Class<?> type;

        Foreign(Object negotiator, Class<?> type) {
            this.negotiator = negotiator;
            this.type = type;
        }

        @Override
        public AsciiString scheme() {
            return (AsciiString) call(negotiator, type, "scheme");
        }

        @Override
        public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpc) {
            return (ChannelHandler) call(negotiator, type, "newHandler", grpc);
        }

        @Override
        public void close() {
            call(negotiator, type, "close");
        }
    }
}
