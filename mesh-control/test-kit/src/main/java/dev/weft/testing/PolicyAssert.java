package dev.weft.testing;

import dev.weft.control.cli.ExplainText;
import dev.weft.control.explain.Explained;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Assertions about what the policy decides for a request. A failure shows the explanation with the rules' files and lines. */
public final class PolicyAssert {
    private final PolicyRequest request;
    private final Explained told;

    PolicyAssert(PolicyRequest request) {
        this.request = request;
        told = request.explained();
    }

    /** All of it goes to that service, whichever instances. */
    public PolicyAssert goesTo(String service) {
        String host = Town.host(service);
        return check(
                told.decision().equals("forward")
                        && told.clusters().stream()
                                .allMatch(choice -> host(choice).equals(host)),
                "to go to " + service);
    }

    /** All of it goes to that subset of that service. */
    public PolicyAssert goesTo(String service, String subset) {
        return goesTo(service).splits(subset, 100);
    }

    /**
     * The subsets share it by these percentages, exactly.
     *
     * @param subsetsAndPercentages alternating: {@code "v1", 50, "v3", 50}
     */
    public PolicyAssert splits(Object... subsetsAndPercentages) {
        Map<String, Double> expected = new TreeMap<>();
        for (int i = 0; i + 1 < subsetsAndPercentages.length; i += 2) {
            expected.put((String) subsetsAndPercentages[i], ((Number) subsetsAndPercentages[i + 1]).doubleValue());
        }
        Map<String, Double> found = new TreeMap<>();
        told.clusters().forEach(choice -> found.merge(subset(choice), choice.percent(), Double::sum));
        return check(
                told.decision().equals("forward")
                        && found.keySet().equals(expected.keySet())
                        && found.entrySet().stream()
                                .allMatch(share -> Math.abs(
                                                share.getValue() - Objects.requireNonNull(expected.get(share.getKey())))
                                        < 1e-6),
                "to be split " + expected);
    }

    /** The whole call, its retries included, ends within that time. */
    public PolicyAssert timesOutWithin(Duration atMost) {
        Long millis = told.timeouts().requestMillis();
        return check(millis != null && millis <= atMost.toMillis(), "to time out within " + atMost);
    }

    /** The mesh forwards it, and repeats it no more than that often. */
    public PolicyAssert retriesAtMost(int times) {
        Explained.RetriesShown retries = told.retries();
        return check(
                told.decision().equals("forward") && (retries == null || retries.attempts() <= times),
                "to be retried at most " + times + " times");
    }

    /** That share of it is answered with an injected status. */
    public PolicyAssert aborts(int status, double percent) {
        Explained.FaultsShown faults = told.faults();
        return check(
                faults != null
                        && Objects.equals(faults.abortStatus(), status)
                        && Math.abs(faults.abortPercent() - percent) < 1e-6,
                percent + " % of it to be aborted with " + status);
    }

    /** That share of it is delayed by that time. */
    public PolicyAssert delays(Duration time, double percent) {
        Explained.FaultsShown faults = told.faults();
        return check(
                faults != null
                        && Objects.equals(faults.delayMillis(), time.toMillis())
                        && Math.abs(faults.delayPercent() - percent) < 1e-6,
                percent + " % of it to be delayed by " + time);
    }

    /** The mesh answers itself, by a redirect, a direct response, or because no route matches. */
    public PolicyAssert isAnswered(int status) {
        return check(told.decision().equals("answer") && told.status() == status, "to be answered " + status);
    }

    /** The host is none of the mesh's: the client goes where the URL points. */
    public PolicyAssert passesThrough() {
        return check(told.decision().equals("passThrough"), "to pass through");
    }

    /** The service that it goes to lets the caller in. */
    public PolicyAssert isAllowed() {
        return check(
                !told.servers().isEmpty() && told.servers().stream().allMatch(Explained.ServerShown::allowed),
                "to be allowed");
    }

    /** The service that it goes to answers with that refusal. */
    public PolicyAssert isDenied(int status) {
        return check(
                !told.servers().isEmpty()
                        && told.servers().stream().allMatch(server -> !server.allowed() && server.status() == status),
                "to be denied with " + status);
    }

    /** The reason of each refusal names that policy: not {@code deny} where {@code deny-all} refused. */
    public PolicyAssert by(String policy) {
        List<Explained.ServerShown> refusing =
                told.servers().stream().filter(server -> !server.allowed()).toList();
        return check(
                !refusing.isEmpty() && refusing.stream().allMatch(server -> names(server.reason(), policy)),
                "to be denied by " + policy);
    }

    private static boolean names(@Nullable String reason, String policy) {
        Pattern whole = Pattern.compile("(?<![\\w.-])" + Pattern.quote(policy) + "(?![\\w-]|\\.\\w)");
        return reason != null && whole.matcher(reason).find();
    }

    /** {@code outbound|9080|v1|reviews.default.svc.cluster.local}. */
    private static String subset(Explained.Choice choice) {
        String[] parts = choice.cluster().split("\\|", -1);
        return parts.length == 4 ? parts[2] : "";
    }

    private static String host(Explained.Choice choice) {
        return choice.cluster().substring(choice.cluster().lastIndexOf('|') + 1);
    }

    private PolicyAssert check(boolean holds, String expectation) {
        if (!holds) {
            throw new AssertionError(request + "\nwas expected " + expectation + ", but:\n" + ExplainText.render(told));
        }
        return this;
    }
}
