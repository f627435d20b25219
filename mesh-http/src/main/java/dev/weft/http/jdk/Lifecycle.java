package dev.weft.http.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The methods that end an {@link HttpClient}, which the JDK has since 21. Before it, there is nothing to end. */
final class Lifecycle {
    static final @Nullable MethodHandle SHUTDOWN = find("shutdown", MethodType.methodType(void.class));
    static final @Nullable MethodHandle SHUTDOWN_NOW = find("shutdownNow", MethodType.methodType(void.class));
    static final @Nullable MethodHandle CLOSE = find("close", MethodType.methodType(void.class));
    private static final @Nullable MethodHandle IS_TERMINATED =
            find("isTerminated", MethodType.methodType(boolean.class));
    private static final @Nullable MethodHandle AWAIT =
            find("awaitTermination", MethodType.methodType(boolean.class, Duration.class));

    private Lifecycle() {}

    private static @Nullable MethodHandle find(String name, MethodType type) {
        try {
            return MethodHandles.publicLookup().findVirtual(HttpClient.class, name, type);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }

    static void run(@Nullable MethodHandle method, HttpClient client) {
        if (method != null) {
            try {
                method.invoke(client);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static boolean isTerminated(HttpClient client) {
        try {
            return IS_TERMINATED != null && (boolean) IS_TERMINATED.invoke(client);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean awaitTermination(HttpClient client, Duration duration) throws InterruptedException {
        try {
            return AWAIT == null || (boolean) AWAIT.invoke(client, duration);
        } catch (RuntimeException | Error | InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
