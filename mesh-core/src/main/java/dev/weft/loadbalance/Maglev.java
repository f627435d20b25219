package dev.weft.loadbalance;

import dev.weft.upstream.Host;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** A table that hosts fill in turn, each in its own order of preference. Even shares, one look-up, some movement on change. */
final class Maglev implements Picker {
    private final Host[] table;

    /** @param size a prime */
    Maglev(List<WeightedHost> weighted, int size) {
        table = new Host[size];
        List<Entry> entries = weighted.stream()
                .sorted(Comparator.comparing(WeightedHost::key))
                .map(host -> new Entry(host, size))
                .toList();
        double heaviest =
                entries.stream().mapToDouble(entry -> entry.weight).max().orElse(1);
        int filled = 0;
        for (long round = 1; filled < size; round++) {
            for (Entry entry : entries) {
                // A lighter host sits out the rounds that its weight has not earned yet.
                if (round * entry.weight < entry.target) {
                    continue;
                }
                entry.target += heaviest;
                int at = entry.preference();
                while (table[at] != null) {
                    at = entry.preference();
                }
                table[at] = entry.host;
                if (++filled == size) {
                    break;
                }
            }
        }
    }

    @Override
    public Host pick(long hash, int reselection) {
        // Envoy's ~0 - n + 1 is -n.
        long h = reselection == 0 ? hash : hash ^ -reselection;
        return table[(int) Long.remainderUnsigned(h, table.length)];
    }

    private static final class Entry {
        final Host host;
        final double weight;
        double target;
        private final int size;
        private final long skip;
        private long next;

        Entry(WeightedHost of, int size) {
            this.host = of.host();
            this.weight = of.weight();
            this.size = size;
            byte[] key = of.key().getBytes(StandardCharsets.UTF_8);
            this.next = Long.remainderUnsigned(XxHash64.of(key, 0), size);
            this.skip = Long.remainderUnsigned(XxHash64.of(key, 1), size - 1) + 1;
        }

        int preference() {
            int at = (int) next;
            next = (next + skip) % size;
            return at;
        }
    }
}
