package dev.weft.grpc.server;

import io.grpc.HandlerRegistry;
import io.grpc.ServerBuilder;
import io.grpc.internal.GrpcUtil;
import io.grpc.internal.ObjectPool;
import io.grpc.internal.ServerImplBuilder;
import io.grpc.internal.SharedResourcePool;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server builder has been given and does not tell: the handlers that it falls back to, and the executor. Read from gRPC's own builder,
 * which every transport's builder passes on to. Where a future gRPC has them elsewhere, {@code BuilderPartsTest} fails; a guard then does without.
 */
final class BuilderParts {
    private static final Logger log = LoggerFactory.getLogger(BuilderParts.class);

    private static final ObjectPool<? extends Executor> USUAL =
            SharedResourcePool.forResource(GrpcUtil.SHARED_CHANNEL_EXECUTOR);

    private final ServerBuilder<?> builder;
    private final @Nullable ServerImplBuilder inner;

    private BuilderParts(ServerBuilder<?> builder, @Nullable ServerImplBuilder inner) {
        this.builder = builder;
        this.inner = inner;
    }

    static BuilderParts of(ServerBuilder<?> builder) {
        return new BuilderParts(builder, inner(builder));
    }

    private static @Nullable ServerImplBuilder inner(ServerBuilder<?> builder) {
        ServerBuilder<?> at = builder;
        while (!(at instanceof ServerImplBuilder)) {
            ServerBuilder<?> next = delegate(at);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return (ServerImplBuilder) at;
    }

    private static @Nullable ServerBuilder<?> delegate(ServerBuilder<?> builder) {
        for (Class<?> type = builder.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Method method = type.getDeclaredMethod("delegate");
                method.setAccessible(true);
                return method.invoke(builder) instanceof ServerBuilder<?> next && next != builder ? next : null;
            } catch (NoSuchMethodException e) {
                // Perhaps declared further up.
            } catch (ReflectiveOperationException | RuntimeException e) {
                log.debug("{} does not tell what it delegates to: {}", type, e.toString());
                return null;
            }
        }
        return null;
    }

    /**
     * Puts something around the handlers that the builder falls back to, of which only gRPC knows. Where they cannot be read nothing is changed:
     * a user's own must not get lost.
     */
    void fallback(UnaryOperator<HandlerRegistry> around) {
        HandlerRegistry users = fallback();
        if (users == null) {
            log.warn(
                    "{}: its fallback handlers cannot be read, so unknown methods are answered before they are judged, and no health"
                            + " service is added",
                    builder.getClass().getName());
            return;
        }
        builder.fallbackHandlerRegistry(around.apply(users));
    }

    /** What the builder falls back to now; null where that cannot be read. */
    @Nullable
    HandlerRegistry fallback() {
        if (inner == null) {
            return null;
        }
        try {
            Field field = ServerImplBuilder.class.getDeclaredField("fallbackRegistry");
            field.setAccessible(true);
            return (HandlerRegistry) field.get(inner);
        } catch (ReflectiveOperationException | RuntimeException e) {
            log.debug("no fallback registry: {}", e.toString());
            return null;
        }
    }

    /** Runs a task where the server runs its handlers, or where servers do that have no executor of their own. */
    void execute(Runnable task) {
        if (inner == null) {
            execute(USUAL, task);
        } else {
            execute(inner.getExecutorPool(), task);
        }
    }

    /** Runs a task that may wait for a lock where gRPC runs such tasks. */
    static void executeElsewhere(Runnable task) {
        execute(USUAL, task);
    }

    private static <E extends Executor> void execute(ObjectPool<E> pool, Runnable task) {
        E executor = pool.getObject();
        try {
            executor.execute(() -> {
                try {
                    task.run();
                } finally {
                    pool.returnObject(executor);
                }
            });
        } catch (RejectedExecutionException e) {
            pool.returnObject(executor);
            throw e;
        }
    }
}
