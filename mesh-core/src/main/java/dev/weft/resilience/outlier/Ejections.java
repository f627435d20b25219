package dev.weft.resilience.outlier;

import dev.weft.config.OutlierDetection;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import dev.weft.upstream.Ejection;
import dev.weft.upstream.Host;
import dev.weft.upstream.HostSet;
import dev.weft.upstream.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides about ejections, and ends them by a sweep every interval; the sweep runs only while somebody is out or has been out
 * lately. Called by the timer's thread and the control thread; its lock is never taken by a request.
 */
final class Ejections {
    private final Upstream upstream;
    private final World world;
    private final long startNanos;

    // All guarded by this. The records are of hosts that are out or whose next ejection would be longer than the first.
    private final Map<Host, Record> records = new HashMap<>();
    private @Nullable OutlierDetection settings;
    private Timer.@Nullable Handle sweep;
    private volatile long overflows;

    Ejections(Upstream upstream, World world) {
        this.upstream = upstream;
        this.world = world;
        this.startNanos = world.ticker().nanoTime();
    }

    synchronized void settings(@Nullable OutlierDetection newer) {
        settings = newer;
        if (newer == null && !records.isEmpty()) {
            upstream.readmit(List.copyOf(records.keySet()));
            records.keySet().forEach(host -> host.streaks().endAll());
            records.clear();
        }
        if (newer == null && sweep != null) {
            sweep.cancel();
            sweep = null;
        }
    }

    long overflows() {
        return overflows;
    }

    /** A streak is full. Afterwards it starts from 0, whatever was decided. */
    synchronized void decide(Host host, Streak streak) {
        OutlierDetection current = settings;
        if (current == null || host.ejection() != null) {
            return;
        }
        streak.end(host.streaks());
        int enforcing = streak.enforcing(current);
        if (enforcing < 100 && (enforcing <= 0 || world.randomness().nextInt(100) >= enforcing)) {
            return;
        }
        Record known = records.get(host);
        Record record = known == null ? new Record() : known;
        long now = world.ticker().nanoTime();
        int times = record.timesAfterThis(current);
        Ejection ejection =
                new Ejection(streak.length(current) + " " + streak.words, now, now + duration(current, times));
        if (upstream.eject(host, ejection, current.maxEjectionPercent(), current.alwaysEjectOneHost())) {
            record.times = times;
            records.put(host, record);
            arm(current, now);
        } else {
            overflows++;
        }
    }

    /** Sweeps stand on a grid that begins with the cluster, so that an ejection ends where Envoy would end it. */
    private void arm(OutlierDetection current, long now) {
        if (sweep == null) {
            long interval = Math.max(1_000_000, current.interval().toNanos());
            long next = interval - Math.floorMod(now - startNanos, interval);
            sweep = world.timer().schedule(next, this::sweep);
        }
    }

    private synchronized void sweep() {
        sweep = null;
        OutlierDetection current = settings;
        if (current == null) {
            return;
        }
        long now = world.ticker().nanoTime();
        forgetTheGone();
        List<Host> back = new ArrayList<>();
        records.forEach((host, record) -> {
            Ejection ejection = host.ejection();
            if (ejection == null) {
                if (now - record.backSince >= current.interval().toNanos()) {
                    record.times--;
                }
            } else if (now - ejection.untilNanos() >= 0) {
                back.add(host);
                record.backSince = now;
                host.streaks().endAll();
            }
        });
        upstream.readmit(back);
        records.entrySet().removeIf(entry -> entry.getKey().ejection() == null && entry.getValue().times <= 0);
        if (!records.isEmpty()) {
            arm(current, now);
        }
    }

    private void forgetTheGone() {
        Set<Host> there = new HashSet<>();
        for (HostSet priority : upstream.hosts().priorities()) {
            there.addAll(priority.all());
        }
        records.keySet().retainAll(there);
    }

    private static long duration(OutlierDetection settings, int times) {
        long base = settings.baseEjectionTime().toNanos();
        long longest = Math.max(base, settings.maxEjectionTime().toNanos());
        return times > 0 && base > longest / times ? longest : base * times;
    }

    private static final class Record {
        /** The next ejection lasts so many times the base. */
        int times;

        long backSince;

        int timesAfterThis(OutlierDetection settings) {
            long base = settings.baseEjectionTime().toNanos();
            long longest = Math.max(base, settings.maxEjectionTime().toNanos());
            return base > 0 && times >= (longest + base) / (double) base ? times : times + 1;
        }
    }
}
