package dev.weft.authz.external;

import dev.weft.config.StringMatch;
import dev.weft.match.TextTest;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of header fields by pattern; compared in lower case, in which fields are held.
 *
 * @param tests any of which must hold
 */
record HeaderNames(List<TextTest> tests) {

    static HeaderNames of(List<StringMatch> patterns, String... besides) {
        List<TextTest> tests = new ArrayList<>();
        patterns.forEach(pattern -> tests.add(TextTest.of(pattern)));
        for (String name : besides) {
            tests.add(TextTest.of(new StringMatch.Exact(name, true)));
        }
        return new HeaderNames(List.copyOf(tests));
    }

    boolean isEmpty() {
        return tests.isEmpty();
    }

    boolean match(String name) {
        for (TextTest test : tests) {
            if (test.test(name)) {
                return true;
            }
        }
        return false;
    }
}
