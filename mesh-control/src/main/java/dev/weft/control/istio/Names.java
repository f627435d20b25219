package dev.weft.control.istio;

import java.util.Collection;
import java.util.Comparator;

/** Field names: the two spellings of each, and the one that was probably meant. */
public final class Names {
    private Names() {}

    /** {@code perTryTimeout} as {@code per_try_timeout}: what protojson accepts as well. */
    public static String snakeCase(String camel) {
        StringBuilder out = new StringBuilder(camel.length() + 4);
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                out.append('_').append((char) (c + 32));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** A hint to append to a message about an unknown name: the nearest known one, or all of them. */
    public static String hint(String unknown, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(candidate, unknown) <= 2)
                .min(Comparator.comparingInt(candidate -> distance(candidate, unknown)))
                .map(candidate -> "; did you mean " + candidate + "?")
                .orElse(known.isEmpty() ? "" : "; known here: " + String.join(", ", known));
    }

    /** Levenshtein's, but any distance above 2 may be reported as 3: hostile names may be long. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 2) {
            return 3;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
