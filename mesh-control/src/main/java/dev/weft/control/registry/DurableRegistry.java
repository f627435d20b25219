package dev.weft.control.registry;

import dev.weft.control.registry.Registration.ServiceKey;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a registry on disk: reads it back at the start, and writes it on a thread of its own a moment after it changed, so
 * that neither streams nor pushes wait for a disk and a burst of changes costs one file.
 */
public final class DurableRegistry implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DurableRegistry.class);

    /** What a crash of the machine may cost; instances of that moment simply register again. */
    private static final Duration WRITE_DELAY = Duration.ofMillis(200);

    private final World world;
    private final Registry registry;
    private final RegistryFile file;
    private final RegistryFile vacant;
    private final ExecutorService writer;
    private final Runnable unsubscribe;

    /** Guarded by this: the write that is waiting for the delay to pass. */
    private Timer.@Nullable Handle pending;

    /** The revision on disk; writer thread only. */
    private long written;

    private DurableRegistry(World world, Registry registry, RegistryFile file, RegistryFile vacant) {
        this.world = world;
        this.registry = registry;
        this.file = file;
        this.vacant = vacant;
        this.written = registry.snapshot().revision();
        this.writer = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "weft-registry-writer");
            thread.setDaemon(true);
            return thread;
        });
        this.unsubscribe = registry.onChange(changed -> writeSoon());
    }

    /**
     * A registry that continues what {@code directory} holds.
     *
     * @throws IOException if the directory cannot be made or read
     */
    public static DurableRegistry open(World world, GracePeriods grace, Path directory) throws IOException {
        Files.createDirectories(directory);
        RegistryFile file = new RegistryFile(directory, "registry");
        RegistryFile vacant = new RegistryFile(directory, "vacant");
        List<Registration> known = file.load();
        Registry registry = new Registry(world, grace);
        if (!known.isEmpty()) {
            registry.restore(known);
            log.info("{} instances keep their places for {} until they are heard of", known.size(), grace.restart());
        }
        List<Registration> left = vacant.load();
        if (!left.isEmpty()) {
            registry.restoreVacant(left);
        }
        return new DurableRegistry(world, registry, file, vacant);
    }

    public Registry registry() {
        return registry;
    }

    private synchronized void writeSoon() {
        if (pending == null && !writer.isShutdown()) {
            pending = world.timer().schedule(WRITE_DELAY.toNanos(), this::hand);
        }
    }

    private synchronized void hand() {
        pending = null;
        if (!writer.isShutdown()) {
            writer.execute(this::write);
        }
    }

    private void write() {
        RegistrySnapshot snapshot = registry.snapshot();
        if (snapshot.revision() == written) {
            return;
        }
        try {
            file.save(all(snapshot.services()));
            vacant.save(all(snapshot.vacant()));
            written = snapshot.revision();
        } catch (IOException e) {
            log.warn(
                    "the registry cannot be saved and would be lost in a restart: {}; tried again at the next change",
                    e.toString());
        }
    }

    private static List<Registration> all(Map<ServiceKey, List<Registration>> services) {
        return services.values().stream().flatMap(Collection::stream).toList();
    }

    /** Writes what is not yet written, then ends. The registry itself works on, in memory. */
    @Override
    public void close() {
        unsubscribe.run();
        synchronized (this) {
            if (pending != null) {
                pending.cancel();
                pending = null;
            }
            if (!writer.isShutdown()) {
                writer.execute(this::write);
            }
            writer.shutdown();
        }
        try {
            if (!writer.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("the registry could not be saved within 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
