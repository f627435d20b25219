package dev.weft.samples.bookinfo.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The spans of one trace.
 *
 * @param root the span id that the visitor sent along
 */
record Trace(String root, List<SeenSpan> spans) {

    /** Services that took part as servers, all of whose spans lead back to the visitor without a gap. */
    Set<String> connected() {
        Set<String> reached = new HashSet<>(Set.of(root));
        Set<String> services = new TreeSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (SeenSpan span : spans) {
                if (reached.contains(span.parentId()) && reached.add(span.spanId())) {
                    more = true;
                    if (span.server()) {
                        services.add(span.service());
                    }
                }
            }
        }
        return services;
    }

    /** How long a service worked on its part. */
    Optional<Long> servedMillis(String service) {
        return spans.stream()
                .filter(span -> span.server() && span.service().equals(service))
                .map(SeenSpan::millis)
                .max(Long::compare);
    }
}
