package dev.weft.control.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.weft.request.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what happened with everything that a case says of it. */
final class Comparison {
    /** What any HTTP client and server write by themselves. */
    private static final Set<String> PLUMBING = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "accept",
            "accept-encoding",
            "user-agent",
            "date",
            "server",
            "traceparent",
            "tracestate",
            "x-request-id",
            Attempts.HEADER);

    /**
     * Numbers of attempts that are as right as those observed. Three tries of 0.3 s within 1 s leave 0.1 s for three random
     * back-offs that add up to 0 to 0.175 s: whether a fourth try begins is the dice's word, in Envoy as here.
     */
    private static final Map<String, String> ALSO_RIGHT = Map.of("11-timeout-retry#15", "4");

    private final Cases.Case expected;
    private final Outcome outcome;
    private final List<String> found = new ArrayList<>();

    private Comparison(Cases.Case expected, Outcome outcome) {
        this.expected = expected;
        this.outcome = outcome;
    }

    /** The differences; none is a pass. */
    static List<String> of(Cases.Case expected, Outcome outcome) {
        Comparison comparison = new Comparison(expected, outcome);
        comparison.compareAnswer();
        if (!expected.expected().get("cluster").isJsonNull()) {
            comparison.compareRequest();
        }
        comparison.compareCopies();
        return comparison.found;
    }

    private void compareAnswer() {
        compare("status", expected.text("status"), String.valueOf(outcome.status()));
        compare("cluster", expected.text("cluster"), outcome.cluster());
        JsonObject said = expected.expected();
        if (said.has("body")) {
            compare("body", expected.text("body"), outcome.body());
        }
        said.getAsJsonObject("response_headers")
                .entrySet()
                .forEach(header -> compare(
                        "response header " + header.getKey(),
                        header.getValue().getAsString(),
                        last(outcome.headers(), header.getKey())));
        outcome.headers().forEach((name, value) -> {
            boolean known = said.getAsJsonObject("response_headers").has(name);
            if (!known && !ignored(name) && !name.equals(EchoServers.HEADER)) {
                found.add("response header " + name + ": " + value + " was not expected");
            }
        });
        if (said.has("response_headers_removed")) {
            said.getAsJsonArray("response_headers_removed")
                    .forEach(name -> compare(
                            "response header " + name.getAsString(), "", last(outcome.headers(), name.getAsString())));
        }
        if (said.has("elapsed_s_about")) {
            double seconds = said.get("elapsed_s_about").getAsDouble();
            if (Math.abs(outcome.millis() / 1000.0 - seconds) > 0.3) {
                found.add("took " + outcome.millis() + " ms, expected about " + seconds + " s");
            }
        }
    }

    private void compareRequest() {
        List<EchoServers.Arrival> arrivals = outcome.originals();
        String attempts = String.valueOf(arrivals.size());
        if (!ALSO_RIGHT.getOrDefault(expected.id(), "").equals(attempts)) {
            compare("attempts", expected.text("attempts"), attempts);
        }
        if (arrivals.isEmpty()) {
            return;
        }
        EchoServers.Arrival arrival = arrivals.get(arrivals.size() - 1);
        compare("path", expected.text("upstream_path"), arrival.path());
        compare("host", expected.text("upstream_host"), arrival.host());
        compare("method", expected.text("upstream_method"), arrival.method());
        compare("request headers", changes(expected.expected()), changes(arrival.headers()));
        TreeSet<String> removed = new TreeSet<>();
        expected.expected().getAsJsonArray("request_headers_removed").forEach(name -> removed.add(name.getAsString()));
        removed.removeIf(Comparison::ignored);
        compare("removed", removed, removed(arrival.headers()));
        compare(
                "timeout",
                expected.text("expected_rq_timeout_ms"),
                Objects.requireNonNullElse(arrival.headers().first("x-envoy-expected-rq-timeout-ms"), ""));
    }

    private static Map<String, String> changes(JsonObject said) {
        Map<String, String> changes = new TreeMap<>();
        for (Map.Entry<String, JsonElement> header :
                said.getAsJsonObject("request_headers_added_or_changed").entrySet()) {
            if (!ignored(header.getKey())) {
                changes.put(header.getKey(), header.getValue().getAsString());
            }
        }
        return changes;
    }

    /** Of a repeated field the last value, as the cases have it. */
    private Map<String, String> changes(Headers arrived) {
        Headers sent = expected.headers();
        Map<String, String> changes = new TreeMap<>();
        arrived.forEach((name, value) -> {
            List<String> before = sent.all(name);
            if (!ignored(name) && !(before.size() == 1 && before.get(0).equals(last(arrived, name)))) {
                changes.put(name, last(arrived, name));
            }
        });
        return changes;
    }

    private TreeSet<String> removed(Headers arrived) {
        TreeSet<String> removed = new TreeSet<>();
        expected.headers().forEach((name, value) -> {
            if (!ignored(name) && !arrived.contains(name)) {
                removed.add(name);
            }
        });
        return removed;
    }

    private void compareCopies() {
        TreeSet<String> wanted = new TreeSet<>();
        if (expected.expected().has("mirrors")) {
            expected.expected().getAsJsonArray("mirrors").forEach(element -> {
                JsonObject copy = element.getAsJsonObject();
                wanted.add(copy.get("cluster").getAsString() + " "
                        + copy.get("host").getAsString() + copy.get("path").getAsString());
            });
        }
        compare("mirrors", wanted.size(), outcome.copies().size());
        List<String> clusters = outcome.attempts().stream()
                .filter(Attempts.Attempt::isCopy)
                .map(Attempts.Attempt::cluster)
                .toList();
        TreeSet<String> seen = new TreeSet<>();
        for (int i = 0; i < Math.min(clusters.size(), outcome.copies().size()); i++) {
            EchoServers.Arrival copy = outcome.copies().get(i);
            seen.add(clusters.get(i) + " " + copy.host() + copy.path());
        }
        compare("mirrors", wanted, seen);
    }

    static boolean ignored(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return PLUMBING.contains(lower) || lower.startsWith("x-envoy-") || lower.startsWith("x-mesh-");
    }

    private static String last(Headers headers, String name) {
        List<String> values = headers.all(name);
        return values.isEmpty() ? "" : values.get(values.size() - 1);
    }

    private void compare(String what, Object wanted, Object actual) {
        if (!wanted.equals(actual)) {
            found.add(what + " " + actual + ", expected " + wanted);
        }
    }
}
