package dev.weft.route;

import dev.weft.config.QueryMatch;
import dev.weft.match.TextTest;
import org.jspecify.annotations.Nullable;

/** A {@link QueryMatch} made ready. Values are judged as they were written, percent signs and all. */
record QueryTest(String name, @Nullable TextTest text) {

    static QueryTest of(QueryMatch match) {
        return new QueryTest(match.name(), match.match() == null ? null : TextTest.of(match.match()));
    }

    /** @param path with its query */
    boolean test(String path) {
        String value = value(path, name);
        return value != null && (text == null || text.test(value));
    }

    String describe() {
        return "query " + name + " " + (text == null ? "present" : text.describe());
    }

    String describeMiss(String path) {
        String value = value(path, name);
        return describe() + (value == null ? ", was absent" : ", was \"" + value + "\"");
    }

    /** The first value of a query parameter, raw; empty when it has no {@code =}; null if absent. */
    static @Nullable String value(String path, String name) {
        int at = path.indexOf('?') + 1;
        while (at > 0 && at <= path.length()) {
            int end = path.indexOf('&', at);
            int stop = end < 0 ? path.length() : end;
            if (path.startsWith(name, at)) {
                int after = at + name.length();
                if (after == stop) {
                    return "";
                }
                if (after < stop && path.charAt(after) == '=') {
                    return path.substring(after + 1, stop);
                }
            }
            at = stop + 1;
        }
        return null;
    }
}
