package dev.weft.request;

import dev.weft.identity.PeerIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an inbound request while it is served: its deadline, which bounds the outbound calls made meanwhile, and who
 * sent it. Guards open a scope around the handler; adapters read {@link #current} on the thread that begins a call. Work that
 * hops threads carries it along with {@link #wrap}.
 *
 * @param deadline of the inbound request, or {@link Deadline#NONE}
 * @param caller who sent it, as far as that was proved; {@link PeerIdentity#ANONYMOUS} otherwise
 */
public record Inbound(Deadline deadline, PeerIdentity caller) {
    /** Outside any inbound request. */
    public static final Inbound NONE = new Inbound(Deadline.NONE);

    private static final ThreadLocal<@Nullable Inbound> CURRENT = new ThreadLocal<>();

    /** Of a caller who proved nothing. */
    public Inbound(Deadline deadline) {
        this(deadline, PeerIdentity.ANONYMOUS);
    }

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
