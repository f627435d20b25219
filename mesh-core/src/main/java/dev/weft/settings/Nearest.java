package dev.weft.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody who misspelt a name probably meant. */
final class Nearest {
    /** Two slips of the finger; further away it is another word. */
    private static final int MOST_SLIPS = 2;

    private Nearest() {}

    /** @param name as written, with its prefix */
    static SettingProblem unknown(String name, String origin) {
        List<String> names = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            names.add("mesh." + setting.key());
        }
        return SettingProblem.unknown(name, origin, names);
    }

    /** The one that differs least; null if there are none. */
    static @Nullable String of(String written, Collection<String> names) {
        return of(written, names, Integer.MAX_VALUE);
    }

    /** The variable that is nearly called like this, or null. */
    static @Nullable String variable(String name) {
        List<String> names = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            names.add(setting.variable());
        }
        return of(name, names, MOST_SLIPS);
    }

    private static @Nullable String of(String written, Collection<String> names, int atMost) {
        String best = null;
        int least = atMost;
        for (String name : names) {
            int distance = distance(written, name);
            if (distance < least || (distance == least && best == null)) {
                least = distance;
                best = name;
            }
        }
        return best;
    }

    /** Levenshtein's: how many letters to insert, drop or change. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
