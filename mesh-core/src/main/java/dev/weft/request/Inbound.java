package dev.weft.request;

import org.jspecify.annotations.Nullable;

/**
 * What an inbound request hands to the outbound calls made while it is served: its deadline. Guards open a scope around the
 * handler; adapters read {@link #current} on the thread that begins a call. Work that hops threads carries it along with
 * {@link #wrap}.
 *
 * @param deadline of the inbound request, or {@link Deadline#NONE}
 */
public record Inbound(Deadline deadline) {
    /** Outside any inbound request. */
    public static final Inbound NONE = new Inbound(Deadline.NONE);

    private static final ThreadLocal<@Nullable Inbound> CURRENT = new ThreadLocal<>();

    /** The scope of the calling thread, or {@link #NONE}. */
    public static Inbound current() {
        Inbound inbound = CURRENT.get();
        return inbound == null ? NONE : inbound;
    }

    /** Makes this the calling thread's scope until the returned handle is closed on the same thread. */
    public Scope open() {
        Inbound outer = CURRENT.get();
        CURRENT.set(this);
        return () -> {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        };
    }

    /** A task that runs in this scope wherever it runs. */
    public Runnable wrap(Runnable task) {
        return () -> {
            Scope scope = open();
            try {
                task.run();
            } finally {
                scope.close();
            }
        };
    }

    /** Ends an inbound scope. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
