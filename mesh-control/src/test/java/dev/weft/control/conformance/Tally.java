package dev.weft.control.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what is as expected, per group, and prints it. */
final class Tally {
    private final Map<String, int[]> groups = new LinkedHashMap<>();
    private final List<String> misses = new ArrayList<>();

    /** @param differences from what was expected; none is a pass */
    void add(String group, String id, List<String> differences) {
        int[] counts = groups.computeIfAbsent(group, key -> new int[2]);
        counts[1]++;
        if (differences.isEmpty()) {
            counts[0]++;
        } else {
            misses.add(id + ": " + String.join("; ", differences));
        }
    }

    int passed() {
        return groups.values().stream().mapToInt(counts -> counts[0]).sum();
    }

    int all() {
        return groups.values().stream().mapToInt(counts -> counts[1]).sum();
    }

    List<String> misses() {
        return misses;
    }

    void print(String title) {
        StringBuilder out = new StringBuilder(title).append('\n');
        groups.forEach((group, counts) -> out.append(String.format("  %-34s %d of %d%n", group, counts[0], counts[1])));
        misses.forEach(miss -> out.append("  miss ").append(miss).append('\n'));
        out.append("  ").append(passed()).append(" of ").append(all());
        System.out.println(out);
    }
}
