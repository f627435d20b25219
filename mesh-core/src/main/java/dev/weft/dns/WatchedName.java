package dev.weft.dns;

import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One name that is looked up again and again until it is stopped. The last addresses are kept while nobody answers. */
final class WatchedName {
    private static final Logger log = LoggerFactory.getLogger(DnsSource.class);

    /** Envoy's refresh rate. */
    private static final long REFRESH_NANOS = 5_000_000_000L;

    private static final long FIRST_RETRY_NANOS = 1_000_000_000L;
    private static final long LONGEST_RETRY_NANOS = 60_000_000_000L;

    private final String name;
    private final NameResolver resolver;
    private final Executor executor;
    private final World world;
    private final Runnable changed;

    // All of these are guarded by this.
    private List<String> addresses = List.of();
    private boolean tried;
    private boolean stopped;
    private int failures;
    private Timer.@Nullable Handle next;

    /** @param changed runs after the first answer or failure, and whenever the addresses differ; on an executor's thread */
    WatchedName(String name, NameResolver resolver, Executor executor, World world, Runnable changed) {
        this.name = name;
        this.resolver = resolver;
        this.executor = executor;
        this.world = world;
        this.changed = changed;
    }

    void lookUp() {
        executor.execute(() -> {
            if (stopped()) {
                return;
            }
            try {
                List<String> found = resolver.resolve(name);
                if (found.isEmpty()) {
                    throw new UnknownHostException(name + ": no address");
                }
                succeeded(found);
            } catch (UnknownHostException | RuntimeException e) {
                failed(e);
            }
        });
    }

    synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }

    private synchronized boolean stopped() {
        return stopped;
    }

    /** Sorted, so that a server that rotates its answers changes nothing. */
    synchronized List<String> addresses() {
        return addresses;
    }

    /** There was an answer or a failure already. */
    synchronized boolean tried() {
        return tried;
    }

    private void succeeded(List<String> found) {
        List<String> sorted = found.stream().distinct().sorted().toList();
        boolean news;
        synchronized (this) {
            if (failures > 0) {
                log.info("{} resolves again, to {}", name, sorted);
            }
            failures = 0;
            news = !stopped && (!tried || !sorted.equals(addresses));
            tried = true;
            addresses = sorted;
            again(REFRESH_NANOS);
        }
        if (news) {
            changed.run();
        }
    }

    private void failed(Exception e) {
        boolean first;
        synchronized (this) {
            if (failures == 0) {
                log.warn("cannot resolve {} ({}); going on with {}", name, e.getMessage(), addresses);
            }
            first = !tried && !stopped;
            tried = true;
            again(Math.min(LONGEST_RETRY_NANOS, FIRST_RETRY_NANOS << Math.min(failures, 10)));
            failures++;
        }
        if (first) {
            changed.run();
        }
    }

    /** Up to a tenth later than said, so that many names do not ask in step. */
    private void again(long delay) {
        if (!stopped) {
            long jitter = world.randomness().nextInt((int) Math.min(Integer.MAX_VALUE, delay / 10));
            next = world.timer().schedule(delay + jitter, this::lookUp);
        }
    }
}
