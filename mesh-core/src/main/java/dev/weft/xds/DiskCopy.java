package dev.weft.xds;

import dev.weft.runtime.Ticker;
import dev.weft.runtime.Timer;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is in force, kept on disk for the next start, if there is a place for it. Control thread only, but for {@link #flush}. */
final class DiskCopy {
    private static final Logger log = LoggerFactory.getLogger(XdsSource.class);

    /** Changes come in bursts, and the disk needs only the last of each. */
    private static final Duration SAVE_AFTER = Duration.ofMillis(250);

    private final ControlThread control;
    private final @Nullable ResourceCache cache;
    private final Supplier<@Nullable Stored> worthKeeping;
    private Timer.@Nullable Handle saving;

    /** @param worthKeeping null: nothing */
    DiskCopy(ControlThread control, Bootstrap bootstrap, Supplier<@Nullable Stored> worthKeeping) {
        this.control = control;
        this.worthKeeping = worthKeeping;
        cache = bootstrap.dataDirectory() == null
                ? null
                : new ResourceCache(bootstrap.dataDirectory(), bootstrap.node());
    }

    /** Hands what an earlier run left to the reception. */
    void restore(Reception reception, Ticker ticker) {
        Stored stored = cache == null ? null : cache.load();
        if (cache == null || stored == null) {
            return;
        }
        reception.restore(stored);
        if (reception.current() != null) {
            long age = ticker.epochMillis() - stored.acceptedMillis();
            log.info("configuration of {} s ago is in force, from {}", Math.max(0, age) / 1000, cache.file());
        }
    }

    /** Something has changed: writes it soon. */
    void changed() {
        if (cache != null && saving == null) {
            saving = control.after(SAVE_AFTER, this::save);
        }
    }

    /** Writes what there is now, on another thread. */
    void save() {
        saving = null;
        Stored stored = worthKeeping.get();
        if (cache != null && stored != null) {
            cache.save(stored);
        }
    }

    /** Waits until it is written, or no longer. From any thread. */
    void flush(long millis) {
        if (cache != null) {
            cache.flush(millis);
        }
    }
}
