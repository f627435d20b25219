package dev.weft;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How this service says it is; the registry hears of it. Up unless said otherwise, and down as long as one part of it says so. A service
 * that is down before its first port is bound joins the registry when it is up. Safe for use from any thread.
 */
public final class MeshHealth {
    private final Consumer<@Nullable String> changed;

    // By part. Guarded by this, so that the registry hears of changes in their order.
    private final Map<String, String> reasons = new TreeMap<>();

    /** @param changed hears why the service is down, or null: it is up */
    MeshHealth(Consumer<@Nullable String> changed) {
        this.changed = changed;
    }

    /** No new calls, please; {@code why} is for people. */
    public void down(String why) {
        down("", why);
    }

    /** Takes {@link #down(String)} back. */
    public void up() {
        up("");
    }

    /** As long as this part does not take it back: no new calls, please. */
    public void down(String part, String why) {
        Objects.requireNonNull(why);
        change(() -> reasons.put(part, why));
    }

    /** This part has no objection any more. */
    public void up(String part) {
        change(() -> reasons.remove(part));
    }

    /** Why the service is down, or empty: it is up. */
    public synchronized Optional<String> reason() {
        return Optional.ofNullable(said());
    }

    private @Nullable String said() {
        return reasons.isEmpty() ? null : String.join("; ", reasons.values());
    }

    private synchronized void change(Runnable change) {
        String before = said();
        change.run();
        String now = said();
        if (!Objects.equals(before, now)) {
            changed.accept(now);
        }
    }
}
