package dev.weft.control.store;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes when something may have changed in some directories, and at the latest after a while: not every file system tells of
 * changes, some kernels have no watch left to give, and a directory may itself be swapped. What changed must be looked up.
 */
final class DirectoryWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DirectoryWatch.class);

    private final @Nullable WatchService service;
    private final CountDownLatch closed = new CountDownLatch(1);

    DirectoryWatch(List<Path> directories) {
        this.service = watch(directories);
    }

    private static @Nullable WatchService watch(List<Path> directories) {
        try {
            WatchService service = FileSystems.getDefault().newWatchService();
            for (Path directory : directories) {
                directory.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            }
            return service;
        } catch (IOException | UnsupportedOperationException e) {
            log.info("changes of {} are found by looking, not by being told ({})", directories, e.toString());
            return null;
        }
    }

    /** Waits for a change or the end of that time; false once closed. */
    boolean await(Duration atMost) throws InterruptedException {
        if (service == null) {
            return !closed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        }
        try {
            WatchKey key = service.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
            while (key != null) {
                key.pollEvents();
                key.reset();
                key = service.poll();
            }
            return closed.getCount() > 0;
        } catch (java.nio.file.ClosedWatchServiceException e) {
            return false;
        }
    }

    /** Waits that time, whatever happens; false once closed. */
    boolean pause(Duration time) throws InterruptedException {
        return !closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                log.debug("closing a watch", e);
            }
        }
    }
}
