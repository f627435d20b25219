package dev.weft;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How this service says it is; the registry hears of it. Up unless said otherwise. Safe for use from any thread. */
public final class MeshHealth {
    private final Consumer<@Nullable String> changed;

    // Guarded by this, so that the registry hears of changes in their order.
    private @Nullable String reason;

    /** @param changed hears why the service is down, or null: it is up */
    MeshHealth(Consumer<@Nullable String> changed) {
        this.changed = changed;
    }

    /** No new calls, please; {@code reason} is for people. */
    public void down(String why) {
        set(Objects.requireNonNull(why));
    }

    /** Takes {@link #down} back. */
    public void up() {
        set(null);
    }

    /** Why the service is down, or empty: it is up. */
    public synchronized Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    private synchronized void set(@Nullable String now) {
        if (!Objects.equals(reason, now)) {
            reason = now;
            changed.accept(now);
        }
    }
}
