package dev.weft.xds;

import dev.weft.config.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Problems that stand: of each resource the latest. A problem is logged when it is new, and again only after it was mended.
 * Control thread only.
 */
final class StandingProblems {
    private static final Logger log = LoggerFactory.getLogger(AdsClient.class);

    private final Map<String, List<ConfigProblem>> byResource = new TreeMap<>();

    /** @param closes the resource is for requests that come in, and one that is refused lets nobody in */
    void set(ResourceType type, String name, List<ConfigProblem> problems, boolean closes) {
        String resource = type.resource(name);
        if (problems.isEmpty()) {
            if (byResource.remove(resource) != null) {
                log.info("{} is well again", resource);
            }
            return;
        }
        if (problems.equals(byResource.put(resource, problems))) {
            return;
        }
        for (ConfigProblem problem : problems) {
            if (problem.severity() == ConfigProblem.Severity.ERROR) {
                log.warn(
                        closes
                                ? "not understood, so that nobody is let in until it is mended: {}"
                                : "refused, its last good version stays in force: {}",
                        problem);
            } else {
                log.warn("not honoured: {}", problem);
            }
        }
    }

    void clear(ResourceType type, String name) {
        byResource.remove(type.resource(name));
    }

    List<ConfigProblem> all() {
        List<ConfigProblem> all = new ArrayList<>();
        byResource.values().forEach(all::addAll);
        return all;
    }
}
