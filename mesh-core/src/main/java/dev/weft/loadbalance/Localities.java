package dev.weft.loadbalance;

import dev.weft.runtime.Randomness;
import dev.weft.upstream.Host;
import java.util.List;

/** First the place, by its weight and how much of it can be used, then a host of it. */
final class Localities implements Picker {
    private final Picker[] pickers;
    private final EdfStripes schedule;

    Localities(List<Weighted> localities, Randomness dice) {
        pickers = localities.stream().map(Weighted::picker).toArray(Picker[]::new);
        double[] weights = localities.stream().mapToDouble(Weighted::weight).toArray();
        schedule = new EdfStripes(pickers.length, i -> weights[i], dice);
    }

    @Override
    public Host pick(long hash, int reselection) {
        return pickers[schedule.next()].pick(hash, reselection);
    }

    /** @param weight effective, above 0 */
    record Weighted(Picker picker, double weight) {}
}
