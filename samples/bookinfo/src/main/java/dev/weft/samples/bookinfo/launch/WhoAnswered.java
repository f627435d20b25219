package dev.weft.samples.bookinfo.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The table: whose reviews people got in the last seconds. */
final class WhoAnswered {
    private static final Map<String, String> STARS =
            Map.of("reviews-v1", "no stars", "reviews-v2", "black stars", "reviews-v3", "red stars");

    private WhoAnswered() {}

    static List<String> lines(List<RecentVisits.Seen> seen) {
        List<String> lines = new ArrayList<>();
        lines.add("  %-26s %-28s %s".formatted("last 5 seconds", "anybody", "jason"));
        for (String instance : List.of("reviews-v1", "reviews-v2", "reviews-v3")) {
            lines.add(row(
                    "%-11s %s".formatted(instance, STARS.get(instance)),
                    seen,
                    visit -> visit.reviews().equals(instance)));
        }
        lines.add(row("reviews missing", seen, visit -> visit.reviews().isEmpty()));
        lines.add(row("ratings missing", seen, visit -> visit.stars().equals("unavailable")));
        lines.add("  %-26s %-28s %s".formatted("slowest", slowest(seen, false), slowest(seen, true)));
        return lines;
    }

    /** One line for where no table can be redrawn. */
    static String line(List<RecentVisits.Seen> seen) {
        StringBuilder line = new StringBuilder();
        for (boolean jason : new boolean[] {false, true}) {
            List<Visit> visits = of(seen, jason);
            line.append(jason ? "   jason:" : "anybody:");
            for (String version : List.of("v1", "v2", "v3")) {
                line.append(' ')
                        .append(version)
                        .append(' ')
                        .append(visits.stream()
                                .filter(visit -> visit.reviews().equals("reviews-" + version))
                                .count());
            }
            line.append(" not whole ")
                    .append(visits.stream().filter(visit -> !visit.whole()).count());
        }
        return line.toString();
    }

    private static String row(String label, List<RecentVisits.Seen> seen, Predicate<Visit> mine) {
        return "  %-26s %-28s %s"
                .formatted(label, cell(of(seen, false), mine), cell(of(seen, true), mine))
                .stripTrailing();
    }

    private static String cell(List<Visit> visits, Predicate<Visit> mine) {
        long count = visits.stream().filter(mine).count();
        if (count == 0) {
            return "";
        }
        long percent = Math.round(100.0 * count / visits.size());
        return "%4d %3d %% %s".formatted(count, percent, "#".repeat((int) Math.max(1, percent / 7)));
    }

    private static String slowest(List<RecentVisits.Seen> seen, boolean jason) {
        return of(seen, jason).stream().mapToLong(Visit::millis).max().stream()
                .mapToObj(millis -> "%4d ms".formatted(millis))
                .findFirst()
                .orElse("");
    }

    private static List<Visit> of(List<RecentVisits.Seen> seen, boolean jason) {
        return seen.stream()
                .filter(one -> one.jason() == jason)
                .map(RecentVisits.Seen::visit)
                .toList();
    }
}
