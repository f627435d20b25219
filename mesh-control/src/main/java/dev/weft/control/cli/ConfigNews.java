package dev.weft.control.cli;

import dev.weft.config.ConfigProblem;
import dev.weft.config.ConfigProblem.Severity;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.store.ConfigSnapshot;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Words for each change of the configuration: what is in force now, and what was refused. One thread at a time. */
final class ConfigNews {
    private final Consumer<String> out;
    private @Nullable ConfigSnapshot last;

    ConfigNews(Consumer<String> out) {
        this.out = out;
    }

    /** The configuration at the start, unless a change has come first. */
    synchronized void first(ConfigSnapshot now) {
        if (last == null) {
            changed(now);
        }
    }

    synchronized void changed(ConfigSnapshot now) {
        ConfigSnapshot before = last;
        last = now;
        if (before == null || !before.revision().equals(now.revision())) {
            out.accept("configuration " + now.revision() + " in force: " + count(now.config()));
        }
        Set<ConfigProblem> known = before == null ? Set.of() : new HashSet<>(before.problems());
        for (ConfigProblem problem : now.problems()) {
            if (!known.contains(problem)) {
                out.accept((problem.severity() == Severity.ERROR ? "refused " : "warning ") + problem);
            }
        }
        boolean mended =
                before != null && now.problems().isEmpty() && !before.problems().isEmpty();
        if (mended) {
            out.accept("nothing is refused any more");
        }
    }

    private static String count(IstioConfig config) {
        int all = config.virtualServices().size()
                + config.destinationRules().size()
                + config.serviceEntries().size()
                + config.workloadEntries().size()
                + config.sidecars().size()
                + config.others().size();
        return all == 1 ? "1 resource" : all + " resources";
    }
}
