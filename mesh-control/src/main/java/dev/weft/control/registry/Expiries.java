package dev.weft.control.registry;

import dev.weft.control.registry.Registration.ServiceKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides who of the unheard may be removed. A service that would lose more than half of its instances within the window
 * keeps them: one process dies, but when most vanish together it is the network or the registry that failed. Guarded by the
 * registry's lock.
 */
final class Expiries {
    private final long window;
    private final Map<ServiceKey, Deque<Long>> recent = new HashMap<>();

    Expiries(Duration window) {
        this.window = window.toNanos();
    }

    /**
     * Who goes and who is kept although due.
     *
     * @param expire to be removed
     * @param hold by service, to be kept until the service has more living instances
     * @param renew were held and need not be any more: the others are coming back, and these get the time to do so too
     */
    record Verdict(List<Registration> expire, Map<ServiceKey, List<Entry>> hold, List<Entry> renew) {}

    Verdict judge(Collection<Entry> entries, long now) {
        Map<ServiceKey, List<Entry>> due = new HashMap<>();
        for (Entry entry : entries) {
            if (entry.due(now)) {
                due.computeIfAbsent(entry.registration().serviceKey(), service -> new ArrayList<>())
                        .add(entry);
            }
        }
        forgetOld(now);
        if (due.isEmpty()) {
            return new Verdict(List.of(), Map.of(), List.of());
        }
        Map<ServiceKey, int[]> counts = count(entries, now);
        List<Registration> expire = new ArrayList<>();
        Map<ServiceKey, List<Entry>> hold = new HashMap<>();
        List<Entry> renew = new ArrayList<>();
        due.forEach((service, entriesDue) -> {
            int[] count = counts.getOrDefault(service, new int[2]);
            int gone = recent.getOrDefault(service, new ArrayDeque<>()).size();
            if ((count[0] + gone) * 2 > count[1] + gone) {
                hold.put(service, entriesDue);
            } else {
                Deque<Long> times = recent.computeIfAbsent(service, key -> new ArrayDeque<>());
                for (Entry entry : entriesDue) {
                    if (entry.held()) {
                        renew.add(entry);
                    } else {
                        expire.add(entry.registration());
                        times.add(now);
                    }
                }
            }
        });
        return new Verdict(expire, hold, renew);
    }

    /** Per service: how many are lost and due within the window, and how many there are. */
    private Map<ServiceKey, int[]> count(Collection<Entry> entries, long now) {
        Map<ServiceKey, int[]> counts = new HashMap<>();
        for (Entry entry : entries) {
            int[] count = counts.computeIfAbsent(entry.registration().serviceKey(), service -> new int[2]);
            count[0] += entry.due(now + window) ? 1 : 0;
            count[1]++;
        }
        return counts;
    }

    private void forgetOld(long now) {
        recent.values().forEach(times -> times.removeIf(time -> now - time > window));
        recent.values().removeIf(Deque::isEmpty);
    }
}
