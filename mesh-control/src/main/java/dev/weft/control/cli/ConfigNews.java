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
    /** A value may be as long as a file. */
    private static final int MAX_LENGTH = 600;

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
        boolean refused = false;
        for (ConfigProblem problem : now.problems()) {
            if (!known.contains(problem)) {
                boolean error = problem.severity() == Severity.ERROR;
                refused |= error;
                out.accept((error ? "refused " : "warning ") + bounded(problem));
            }
        }
        if (refused) {
            out.accept("the last good version of what is refused stays in force, where there was one");
        }
        boolean mended =
                before != null && now.problems().isEmpty() && !before.problems().isEmpty();
        if (mended) {
            out.accept("nothing is refused any more");
        }
    }

    private static String bounded(ConfigProblem problem) {
        String text = problem.toString();
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + " ...";
    }

    private static String count(IstioConfig config) {
        int all = config.virtualServices().size()
                + config.destinationRules().size()
                + config.serviceEntries().size()
                + config.workloadEntries().size()
                + config.sidecars().size()
                + config.peerAuthentications().size()
                + config.requestAuthentications().size()
                + config.authorizationPolicies().size()
                + config.others().size();
        return all == 1 ? "1 resource" : all + " resources";
    }
}
