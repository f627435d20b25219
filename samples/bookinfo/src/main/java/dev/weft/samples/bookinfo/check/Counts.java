package dev.weft.samples.bookinfo.check;

import dev.weft.samples.bookinfo.launch.Visit;
import java.util.List;
import java.util.function.Predicate;

/** Counting visits. */
final class Counts {
    private Counts() {}

    static long of(List<Visit> visits, Predicate<Visit> predicate) {
        return visits.stream().filter(predicate).count();
    }

    static Predicate<Visit> reviewsBy(String instance) {
        return visit -> visit.whole() && visit.reviews().equals(instance);
    }

    /** Requests, and those on whose page something was missing; none may be. */
    static Step.Finding noneFailed(Step.Finding finding, List<Visit> visits) {
        List<Visit> failed = visits.stream().filter(visit -> !visit.whole()).toList();
        finding.count("requests", visits.size()).count("failed", failed.size());
        return finding.expect(
                failed.isEmpty(),
                failed.size() + " of " + visits.size() + " pages were not whole, expected none; the first: "
                        + failed.stream().findFirst().map(Visit::problem).orElse(""));
    }

    /** Percent of the whole, to one decimal. */
    static double percent(long part, long whole) {
        return whole == 0 ? 0 : Math.round(1_000.0 * part / whole) / 10.0;
    }
}
