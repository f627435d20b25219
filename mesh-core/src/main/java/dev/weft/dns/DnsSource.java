package dev.weft.dns;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.VirtualHost;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A source in front of another one that replaces names by addresses. A name is looked up when it first occurs, then every 5 s;
 * while that fails, the last good addresses stay and the next look-up comes after 1 s, 2 s, up to 60 s. A snapshot with a
 * name that was never looked up is held back until that is done, at most 1 s: otherwise the first calls would find a cluster
 * without hosts.
 */
public final class DnsSource implements SnapshotSource, AutoCloseable {
    private static final long WARMING_NANOS = 1_000_000_000L;

    private final SnapshotSource said;
    private final NameResolver resolver;
    private final Executor executor;
    private final World world;

    // Everything below is guarded by this; the listener is called under it, so that it hears of one snapshot at a time.
    private final Map<String, WatchedName> names = new LinkedHashMap<>();
    private final Addresses resolved = new Addresses(this::addresses);
    private @Nullable Consumer<MeshSnapshot> listener;
    private @Nullable MeshSnapshot newest;
    private @Nullable MeshSnapshot delivered;
    private Timer.@Nullable Handle warming;
    private boolean closed;

    // An executor may run a look-up in the caller's thread: what it reports is delivered with the snapshot.
    private boolean arriving;

    /** @param executor runs look-ups, which may block for seconds each */
    public DnsSource(SnapshotSource said, NameResolver resolver, Executor executor, World world) {
        this.said = said;
        this.resolver = resolver;
        this.executor = executor;
        this.world = world;
    }

    @Override
    public void subscribe(Consumer<MeshSnapshot> newListener) {
        synchronized (this) {
            listener = newListener;
        }
        said.subscribe(this::arrived);
    }

    @Override
    public void request(VirtualHost host) {
        said.request(host);
    }

    /** Ends all look-ups; nothing is delivered any more. */
    @Override
    public synchronized void close() {
        closed = true;
        names.values().forEach(WatchedName::stop);
        names.clear();
        stopWarming();
    }

    private synchronized void arrived(MeshSnapshot snapshot) {
        if (closed) {
            return;
        }
        newest = snapshot;
        Set<String> wanted = Addresses.names(snapshot);
        names.entrySet().removeIf(entry -> {
            boolean gone = !wanted.contains(entry.getKey());
            if (gone) {
                entry.getValue().stop();
            }
            return gone;
        });
        List<WatchedName> fresh = new ArrayList<>();
        for (String name : wanted) {
            if (!names.containsKey(name)) {
                WatchedName watched = new WatchedName(name, resolver, executor, world, this::changed);
                names.put(name, watched);
                fresh.add(watched);
            }
        }
        arriving = true;
        fresh.forEach(WatchedName::lookUp);
        arriving = false;
        if (allTried()) {
            deliver();
        } else if (warming == null) {
            warming = world.timer().schedule(WARMING_NANOS, this::warm);
        }
    }

    private synchronized void warm() {
        warming = null;
        deliver();
    }

    private synchronized void changed() {
        if (!arriving && (warming == null || allTried())) {
            deliver();
        }
    }

    private boolean allTried() {
        return names.values().stream().allMatch(WatchedName::tried);
    }

    private void deliver() {
        stopWarming();
        MeshSnapshot snapshot = newest;
        Consumer<MeshSnapshot> to = listener;
        if (closed || snapshot == null || to == null) {
            return;
        }
        MeshSnapshot next = resolved.in(snapshot);
        if (next != delivered) {
            delivered = next;
            to.accept(next);
        }
    }

    private void stopWarming() {
        if (warming != null) {
            warming.cancel();
            warming = null;
        }
    }

    private List<String> addresses(String name) {
        WatchedName watched = names.get(name);
        return watched == null ? List.of() : watched.addresses();
    }
}
