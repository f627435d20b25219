package dev.weft.route;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiled hosts by exact name. Finds a name that is part of a longer text, in whatever case of ASCII letters, and makes no
 * string for it: an authority is looked up once per call. Immutable.
 */
final class NameTable {
    // Open addressing with linear probing, at most half full; a power of two.
    private final String[] names;
    private final CompiledHost[] hosts;

    /** @param exact by lower-case name */
    NameTable(Map<String, CompiledHost> exact) {
        int capacity = Integer.highestOneBit(Math.max(1, exact.size())) * 4;
        names = new String[capacity];
        hosts = new CompiledHost[capacity];
        exact.forEach((name, host) -> {
            int at = slot(name, 0, name.length());
            names[at] = name;
            hosts[at] = host;
        });
    }

    /** The host whose name stands in {@code text} from {@code start} to {@code end}, or null. */
    @Nullable
    CompiledHost find(String text, int start, int end) {
        return hosts[slot(text, start, end)];
    }

    /** Where that name is, or where it would be. */
    private int slot(String text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + lower(text.charAt(i));
        }
        int at = (hash ^ hash >>> 16) & names.length - 1;
        while (names[at] != null && !same(names[at], text, start, end)) {
            at = at + 1 & names.length - 1;
        }
        return at;
    }

    private static boolean same(String name, String text, int start, int end) {
        if (name.length() != end - start) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) != lower(text.charAt(start + i))) {
                return false;
            }
        }
        return true;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
