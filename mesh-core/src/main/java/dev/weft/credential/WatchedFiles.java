package dev.weft.credential;

import dev.weft.identity.HeldIdentity;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentitySource;
import dev.weft.runtime.Durations;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identity in certificate files, taken over when they change: all three together, once they have been the same at two looks and
 * belong together. Until then, and while they cannot be used, the last good one stays in force.
 */
public final class WatchedFiles implements IdentitySource, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WatchedFiles.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final CertificateFiles files;
    private final World world;
    private final Executor executor;
    private final HeldIdentity held = new HeldIdentity();

    // Guarded by this: looks come one after the other, but on threads of the executor.
    private CertificateFiles.@Nullable Texts used;
    private CertificateFiles.@Nullable Texts seen;
    private @Nullable String trouble;
    private long epoch;
    private Timer.@Nullable Handle next;
    private boolean closed;

    /** @param executor runs what waits for the disk */
    public WatchedFiles(CertificateFiles files, World world, Executor executor) {
        this.files = files;
        this.world = world;
        this.executor = executor;
    }

    /** Takes what is there, and looks every 5 s from now on. */
    public synchronized void start() {
        look();
        // At the start there is nothing to wait for: what is there is what there is.
        if (current() == null) {
            look();
        }
        plan();
    }

    private synchronized void plan() {
        if (!closed) {
            next = world.timer().schedule(Durations.nanos(EVERY), this::lookElsewhere);
        }
    }

    private void lookElsewhere() {
        try {
            executor.execute(() -> {
                look();
                plan();
            });
        } catch (RejectedExecutionException e) {
            // Closed meanwhile.
            log.debug("no more looks at {}", files);
        }
    }

    private synchronized void look() {
        try {
            CertificateFiles.Texts now = files.texts();
            boolean settled = now.equals(seen);
            seen = now;
            if (settled && !now.equals(used)) {
                Identity identity = files.identity(now, epoch + 1, world.ticker());
                epoch++;
                used = now;
                trouble = null;
                held.set(identity);
                log.info("{}: {} is in force", files, identity.svid());
            }
        } catch (CredentialException e) {
            // Once per trouble: a look every five seconds would fill the log.
            if (!e.getMessage().equals(trouble)) {
                trouble = e.getMessage();
                log.warn("{}; {}", e.getMessage(), e.remedy());
            }
        }
    }

    @Override
    public synchronized String trouble() {
        return trouble == null ? "" : trouble;
    }

    @Override
    public @Nullable Identity current() {
        return held.current();
    }

    @Override
    public Runnable onChange(Consumer<Identity> listener) {
        return held.onChange(listener);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel();
        }
    }
}
