package dev.weft;

import java.util.Optional;

/** How this service says it is; the registry hears of it. Up unless said otherwise. Safe for use from any thread. */
public final class MeshHealth {
    private final Runnable changed;

    // Written by whoever calls down() or up(); read by the registration.
    private volatile @org.jspecify.annotations.Nullable String reason;

    MeshHealth(Runnable changed) {
        this.changed = changed;
    }

    /** No new calls, please; {@code reason} is for people. */
    public void down(String why) {
        set(why);
    }

    /** Takes {@link #down} back. */
    public void up() {
        set(null);
    }

    /** Why the service is down, or empty: it is up. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    private void set(@org.jspecify.annotations.Nullable String now) {
        String before = reason;
        reason = now;
        if (!java.util.Objects.equals(before, now)) {
            changed.run();
        }
    }
}
