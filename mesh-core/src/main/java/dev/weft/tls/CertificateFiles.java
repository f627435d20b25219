package dev.weft.tls;

import dev.weft.config.UpstreamTls.Files;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates from PEM files, read again when they change. They are looked at every {@link #LOOK_NANOS}, by content: secrets
 * are often mounted by links, whose times say nothing. While a changed set cannot be used, the last good one stays, and a warning
 * names the file.
 */
final class CertificateFiles implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CertificateFiles.class);

    /** How long a renewed certificate may wait: cert-manager and its like renew days ahead. */
    static final long LOOK_NANOS = 5_000_000_000L;

    /** Looks after which files that no connection asked for are forgotten. */
    private static final int FORGOTTEN_AFTER = 720;

    private final World world;
    private final Executor blocking;
    private final Runnable changed;
    private final ConcurrentHashMap<Files, Watched> watched = new ConcurrentHashMap<>();

    /** One row of numbers for all files: files that are forgotten and come back have a new one. */
    private final AtomicLong epochs = new AtomicLong();

    private volatile boolean closed;

    /** @param changed to be run when a set of files has other certificates than before */
    CertificateFiles(World world, Executor blocking, Runnable changed) {
        this.world = world;
        this.blocking = blocking;
        this.changed = changed;
    }

    /** Of what was read last, or will be read first. */
    long epoch(Files files) {
        Watched entry = watched(files);
        entry.asked();
        return entry.epoch;
    }

    /** What is in the files, as of the last look. The first time they are read here. */
    Certificates read(Files files) throws SSLException {
        return watched(files).read();
    }

    private Watched watched(Files files) {
        Watched known = watched.get(files);
        return known == null ? watched.computeIfAbsent(files, Watched::new) : known;
    }

    @Override
    public void close() {
        closed = true;
        watched.values().forEach(Watched::stop);
    }

    /** One set of files. */
    private final class Watched {
        private final Files files;

        // Written under the lock, read by everybody.
        private volatile long epoch = epochs.incrementAndGet();
        private volatile @Nullable Certificates good;

        // Looks since somebody asked; a race costs one look more or less.
        private volatile int unasked;

        // Guarded by this.
        private Certificates.@Nullable Texts seen;
        private Timer.@Nullable Handle next;

        Watched(Files files) {
            this.files = files;
        }

        void asked() {
            if (unasked != 0) {
                unasked = 0;
            }
        }

        Certificates read() throws SSLException {
            Certificates known = good;
            if (known != null) {
                return known;
            }
            synchronized (this) {
                if (good == null) {
                    Certificates.Texts texts = Certificates.Texts.read(files);
                    good = Certificates.of(files, texts, epoch);
                    seen = texts;
                    schedule();
                }
                return java.util.Objects.requireNonNull(good);
            }
        }

        private synchronized void schedule() {
            if (!closed) {
                next = world.timer().schedule(LOOK_NANOS, () -> {
                    try {
                        blocking.execute(this::look);
                    } catch (RejectedExecutionException e) {
                        // The transport is closing.
                        stop();
                    }
                });
            }
        }

        private void look() {
            if (closed) {
                return;
            }
            int looks = unasked + 1;
            unasked = looks;
            if (looks > FORGOTTEN_AFTER && watched.remove(files, this)) {
                return;
            }
            boolean other = false;
            synchronized (this) {
                try {
                    Certificates.Texts texts = Certificates.Texts.read(files);
                    if (!texts.equals(seen)) {
                        seen = texts;
                        Certificates newer = Certificates.of(files, texts, epochs.incrementAndGet());
                        good = newer;
                        epoch = newer.epoch();
                        other = true;
                    }
                } catch (SSLException e) {
                    log.warn("{}; the certificates read before stay in use", e.getMessage());
                }
            }
            if (other) {
                log.info("read anew: {}", files);
                changed.run();
            }
            schedule();
        }

        synchronized void stop() {
            if (next != null) {
                next.cancel();
            }
        }
    }
}
