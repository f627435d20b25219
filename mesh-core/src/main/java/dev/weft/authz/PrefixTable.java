package dev.weft.authz;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sets by prefix. Sorted, so that one binary search finds the longest prefix of a text: every text between a prefix and the text that
 * it begins begins with it too, so that the nearest smaller entry, or one of the prefixes of that entry, is the one. Immutable.
 */
final class PrefixTable {
    private final String[] prefixes;
    private final long[][] sets;
    // Index of the longest other prefix that an entry begins with, or -1.
    private final int[] parents;

    PrefixTable(Map<String, long[]> byPrefix, int words) {
        TreeMap<String, long[]> sorted = new TreeMap<>(byPrefix);
        prefixes = sorted.keySet().toArray(String[]::new);
        sets = new long[prefixes.length][];
        parents = new int[prefixes.length];
        for (int i = 0; i < prefixes.length; i++) {
            int parent = i - 1;
            while (parent >= 0 && !prefixes[i].startsWith(prefixes[parent])) {
                parent = parents[parent];
            }
            parents[i] = parent;
            // The sets of shorter prefixes are added here, once, and not for each request.
            long[] own = Arrays.copyOf(sorted.get(prefixes[i]), words);
            for (int word = 0; parent >= 0 && word < words; word++) {
                own[word] |= sets[parent][word];
            }
            sets[i] = own;
        }
    }

    /** The set of all prefixes of the text, or null if it has none here. */
    long @Nullable [] longest(String text) {
        int found = Arrays.binarySearch(prefixes, text);
        int at = found >= 0 ? found : -found - 2;
        while (at >= 0 && !text.startsWith(prefixes[at])) {
            at = parents[at];
        }
        return at < 0 ? null : sets[at];
    }
}
