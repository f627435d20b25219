package dev.weft.samples.bookinfo.launch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One look at the page, as a person would see it.
 *
 * @param status HTTP status; 0 if there was no answer
 * @param details the instance that answered; empty: a notice stands there
 * @param reviews likewise
 * @param ratings whom reviews asked; empty: nobody, or nobody answered
 * @param callers by called service: the identity that its caller proved to it
 * @param stars {@code none}, {@code black}, {@code red}, {@code unavailable}, or empty without reviews
 * @param drawn filled stars on the page
 * @param problem what the notices say, or why there was no answer; empty if nothing is missing
 * @param startedNanos of {@link System#nanoTime}
 * @param endedNanos likewise
 */
public record Visit(
        int status,
        String details,
        String reviews,
        String ratings,
        Map<String, String> callers,
        String stars,
        int drawn,
        String problem,
        long startedNanos,
        long endedNanos) {
    private static final Pattern SECTION = Pattern.compile("<section id=\"(\\w+)\"([^>]*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z-]+)=\"([^\"]*)\"");
    private static final Pattern STAR = Pattern.compile("<svg class=\"full\"");

    static Visit of(int status, String html, long startedNanos, long endedNanos) {
        Map<String, Map<String, String>> sections = new HashMap<>();
        Matcher section = SECTION.matcher(html);
        while (section.find()) {
            Map<String, String> attributes = new HashMap<>();
            Matcher attribute = ATTRIBUTE.matcher(section.group(2));
            while (attribute.find()) {
                attributes.put(attribute.group(1), attribute.group(2));
            }
            sections.put(section.group(1), attributes);
        }
        Map<String, String> details = sections.getOrDefault("details", Map.of());
        Map<String, String> reviews = sections.getOrDefault("reviews", Map.of());
        String problem = status != 200
                ? "page: " + status
                : first("details", details.get("data-missing"), sections.containsKey("details"))
                        .or(() -> first("reviews", reviews.get("data-missing"), sections.containsKey("reviews")))
                        .or(() -> first("ratings", reviews.get("data-ratings-missing"), true))
                        .orElse("");
        return new Visit(
                status,
                details.getOrDefault("data-served-by", ""),
                reviews.getOrDefault("data-served-by", ""),
                reviews.getOrDefault("data-ratings-by", ""),
                callers(details, reviews),
                reviews.getOrDefault("data-stars", ""),
                (int) STAR.matcher(html).results().count(),
                problem,
                startedNanos,
                endedNanos);
    }

    private static Map<String, String> callers(Map<String, String> details, Map<String, String> reviews) {
        Map<String, String> callers = new TreeMap<>();
        callers.put("details", details.getOrDefault("data-caller", ""));
        callers.put("reviews", reviews.getOrDefault("data-caller", ""));
        callers.put("ratings", reviews.getOrDefault("data-ratings-caller", ""));
        callers.values().removeIf(String::isEmpty);
        return callers;
    }

    static Visit failed(String why, long startedNanos, long endedNanos) {
        return new Visit(0, "", "", "", Map.of(), "", 0, why, startedNanos, endedNanos);
    }

    /** Everything on the page is there. */
    public boolean whole() {
        return problem.isEmpty();
    }

    public long millis() {
        return (endedNanos - startedNanos) / 1_000_000;
    }

    private static Optional<String> first(
            String name, @org.jspecify.annotations.Nullable String missing, boolean there) {
        if (!there) {
            return Optional.of(name + ": not on the page");
        }
        return Optional.ofNullable(missing).map(why -> name + ": " + why);
    }
}
