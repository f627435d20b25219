package dev.weft.identity;

import dev.weft.runtime.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call that needs the own identity can be made now: asked before each of them, so that it costs one read and one
 * look at the clock. Safe for use from any thread.
 */
public final class UsableIdentity {
    private final IdentitySource source;
    private final Ticker ticker;

    /** What was found out about the newest identity; written and read by calls, where a race costs one more look. */
    private volatile @Nullable Window known;

    /** @param ticker tells what has expired */
    public UsableIdentity(IdentitySource source, Ticker ticker) {
        this.source = source;
        this.ticker = ticker;
    }

    /** The wall-clock milliseconds, both included, at which this identity may be shown. */
    private record Window(Identity identity, long from, long until) {
        static Window of(Identity identity) {
            long from = Long.MIN_VALUE;
            for (var certificate : identity.svid().chain()) {
                from = Math.max(from, certificate.getNotBefore().getTime() - Validity.TOLERANCE_MILLIS);
            }
            return new Window(identity, from, identity.svid().expiry().toEpochMilli());
        }
    }

    /** What is wrong, where the identity should come from, and what to do; null: there is one, and it is valid now. */
    public @Nullable String problem() {
        Identity current = source.current();
        Window window = known;
        if (current != null && (window == null || window.identity != current)) {
            window = Window.of(current);
            known = window;
        }
        long now = ticker.epochMillis();
        if (current != null && window != null && now >= window.from && now <= window.until) {
            return null;
        }
        String problem = OwnIdentity.problem(current, now);
        String trouble = source.trouble();
        return problem == null ? null : problem + "; " + (trouble.isEmpty() ? "" : trouble + "; ") + OwnIdentity.TODO;
    }
}
