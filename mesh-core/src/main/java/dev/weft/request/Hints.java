package dev.weft.request;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a caller knows better than the policy. A hint only tightens: it never lengthens a timeout, adds attempts or picks a
 * subset. Immutable and safe for use from any thread.
 *
 * <p>Rides along with {@link #call}, or as the attribute {@link #KEY} of clients whose requests have attributes; it is a
 * consumer of such attributes so that {@code .attributes(hints)} sets it.
 *
 * @param within upper bound for the whole call from its start, or null
 * @param until absolute deadline on the mesh's clock, or null
 * @param idempotent retries that the client declares may repeat the request even where a server may have acted on it and its method
 *     ({@code POST}, {@code PATCH}) is not idempotent; adds no retries, and those of the policy need it not
 * @param noRetry one attempt only
 * @param hashKey what a hashing load balancer hashes, or null for the policy's own
 * @param explain keep the explanation with the response
 */
public record Hints(
        @Nullable Duration within,
        @Nullable Deadline until,
        boolean idempotent,
        boolean noRetry,
        @Nullable String hashKey,
        boolean explain)
        implements Consumer<Map<String, Object>> {
    /** Under which clients with request attributes carry hints. */
    public static final String KEY = Hints.class.getName();

    /** Nothing to say. */
    public static final Hints NONE = new Hints(null, null, false, false, null, false);

    private static final ThreadLocal<@Nullable Hints> CURRENT = new ThreadLocal<>();

    public static Hints within(Duration bound) {
        if (bound.isNegative() || bound.isZero()) {
            throw new IllegalArgumentException("within " + bound + ": a duration above zero was expected");
        }
        return new Hints(bound, null, false, false, null, false);
    }

    public static Hints until(Deadline deadline) {
        return new Hints(null, deadline, false, false, null, false);
    }

    public static Hints hashBy(String key) {
        return new Hints(null, null, false, false, key, false);
    }

    /** These hints plus: the request may be repeated. */
    public Hints idempotent(boolean yes) {
        return new Hints(within, until, yes, noRetry, hashKey, explain);
    }

    /** These hints plus: one attempt only. */
    public Hints withoutRetry() {
        return new Hints(within, until, idempotent, true, hashKey, explain);
    }

    /** These hints plus: keep the explanation. */
    public Hints explained() {
        return new Hints(within, until, idempotent, noRetry, hashKey, true);
    }

    /** Runs {@code work}; calls that begin on this thread meanwhile carry these hints. */
    public <T> T call(Callable<T> work) throws Exception {
        Hints outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.call();
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    /** The hints of the calling thread, or {@link #NONE}. */
    public static Hints current() {
        Hints hints = CURRENT.get();
        return hints == null ? NONE : hints;
    }

    /** These hints, or those of the calling thread where {@code attribute} is none. */
    public static Hints orCurrent(@Nullable Object attribute) {
        return attribute instanceof Hints hints ? hints : current();
    }

    /** These hints, bounded further by a limit that the caller's client sets. */
    public Hints atMost(Duration limit) {
        if (within != null && within.compareTo(limit) <= 0) {
            return this;
        }
        return new Hints(limit, until, idempotent, noRetry, hashKey, explain);
    }

    /** Puts these hints under {@link #KEY}. */
    @Override
    public void accept(Map<String, Object> attributes) {
        attributes.put(KEY, this);
    }
}
