package dev.weft;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
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

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** We take our leave: nobody is to begin anything with us. Written once, read by anybody. */
    private volatile boolean leaving;

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

    /** Whether the service takes new calls as far as others are told: it is up, and does not take its leave. */
    public boolean serving() {
        return !leaving && reason().isEmpty();
    }

    /** Hears, until the returned handle is closed, that {@link #serving} or {@link #reason} may have changed; must not block. */
    public Listening onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Ends what {@link #onChange} began. */
    public interface Listening extends AutoCloseable {
        @Override
        void close();
    }

    void leave() {
        leaving = true;
        listeners.forEach(Runnable::run);
    }

    private @Nullable String said() {
        return reasons.isEmpty() ? null : String.join("; ", reasons.values());
    }

    private void change(Runnable change) {
        synchronized (this) {
            String before = said();
            change.run();
            String now = said();
            if (Objects.equals(before, now)) {
                return;
            }
            changed.accept(now);
        }
        listeners.forEach(Runnable::run);
    }
}
