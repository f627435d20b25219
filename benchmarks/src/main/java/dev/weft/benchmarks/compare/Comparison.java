package dev.weft.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Rounds of the contenders in turns, so that what else the machine does hits all of them; the table shows the median round of each, and
 * ratios to the first.
 */
public final class Comparison {
    private Comparison() {}

    /** Measures and prints. */
    public static void run(List<Contender> contenders, int threads, long millis, int rounds) throws Exception {
        List<List<Round>> results = new ArrayList<>();
        for (Contender contender : contenders) {
            Round.measure(contender, threads, millis * 2);
            results.add(new ArrayList<>());
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                // Each round begins with another one: nobody always runs behind the same neighbour.
                int index = (i + round) % contenders.size();
                results.get(index).add(Round.measure(contenders.get(index), threads, millis));
            }
        }
        print(threads, contenders, results);
    }

    private static void print(int threads, List<Contender> contenders, List<List<Round>> results) {
        System.out.printf(
                "%n%d at a time%n| client | calls/s | ratio | p50 us | p99 us | bytes/call |%n|---|---|---|---|---|---|%n",
                threads);
        double base = median(results.get(0), Round::perSecond);
        for (int i = 0; i < contenders.size(); i++) {
            double perSecond = median(results.get(i), Round::perSecond);
            System.out.printf(
                    "| %s | %,.0f | %.2f | %.0f | %.0f | %,.0f |%n",
                    contenders.get(i).name(),
                    perSecond,
                    perSecond / base,
                    median(results.get(i), Round::p50Nanos) / 1e3,
                    median(results.get(i), Round::p99Nanos) / 1e3,
                    median(results.get(i), Round::bytesPerCall));
        }
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
