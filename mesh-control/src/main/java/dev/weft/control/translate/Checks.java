package dev.weft.control.translate;

import com.google.protobuf.Message;
import dev.weft.config.ConfigProblem;
import dev.weft.control.ads.Resource;
import dev.weft.control.ads.ResourceType;
import dev.weft.xds.SnapshotAssembler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every resource as a client will, before any client sees it: what is served is never refused. What would be, is left out
 * and said, with the file and line that it came from. Any thread.
 */
final class Checks {
    private static final Logger log = LoggerFactory.getLogger(Checks.class);

    /** Enough to see what is wrong; a mesh with more mistakes than this shows the rest when these are mended. */
    private static final int MOST_PROBLEMS = 1000;

    /** Guarded by itself; one entry per problem, so that a resource made for many views is complained about once. */
    private final Map<String, ConfigProblem> problems = new LinkedHashMap<>();

    /** The resource, or null if a client would refuse it. */
    @Nullable
    Resource checked(ResourceType type, Resource resource, Message message) {
        List<ConfigProblem> found = new SnapshotAssembler()
                .put(type.typeUrl(), resource.name(), resource.body().getValue().toByteArray());
        boolean refused = false;
        for (ConfigProblem problem : found) {
            if (problem.severity() == ConfigProblem.Severity.ERROR) {
                refused = true;
                report(Blame.place(problem, message));
            }
        }
        return refused ? null : resource;
    }

    /** Reads what must be served in any case, because whoever got none would go by an older one. */
    void judge(ResourceType type, Resource resource) {
        for (ConfigProblem problem : new SnapshotAssembler()
                .put(type.typeUrl(), resource.name(), resource.body().getValue().toByteArray())) {
            if (problem.severity() == ConfigProblem.Severity.ERROR && keep(problem)) {
                log.error("Workloads will not understand what they are told, and let nobody in: {}", problem);
            }
        }
    }

    /** Keeps a problem and says it, once. */
    void report(ConfigProblem problem) {
        if (keep(problem)) {
            log.warn("Not served, because clients would refuse it: {}", problem);
        }
    }

    /** Keeps and says, once, why a server of stock gRPC lets nobody in. */
    void closed(ConfigProblem problem) {
        if (keep(problem)) {
            log.warn("A server on stock gRPC lets nobody in: {}", problem);
        }
    }

    /** Whether it is news. */
    private boolean keep(ConfigProblem problem) {
        synchronized (problems) {
            return problems.size() < MOST_PROBLEMS && problems.putIfAbsent(problem.toString(), problem) == null;
        }
    }

    /** Starts anew, with the next configuration. */
    void clear() {
        synchronized (problems) {
            problems.clear();
        }
    }

    List<ConfigProblem> problems() {
        synchronized (problems) {
            return List.copyOf(problems.values());
        }
    }
}
