package dev.weft.control.store;

import dev.weft.config.ConfigProblem;
import dev.weft.config.Origin;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.Meta;
import dev.weft.control.istio.RefusedPolicy;
import dev.weft.control.istio.Resource;
import dev.weft.control.validate.Checked;
import dev.weft.control.validate.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Puts the versions in force together: every resource once, with what is to say about it. */
final class Assembly {
    private final UnsupportedPolicy policy;
    private final List<Resource<?>> resources = new ArrayList<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Map<String, Meta> first = new HashMap<>();

    private Assembly(UnsupportedPolicy policy) {
        this.policy = policy;
    }

    /** The result: all resources in force, and all problems. */
    record Result(IstioConfig config, List<ConfigProblem> problems) {}

    static Result of(SortedMap<String, FileVersion> files, UnsupportedPolicy policy) {
        Assembly assembly = new Assembly(policy);
        files.values().forEach(assembly::add);
        return new Result(IstioConfig.of(assembly.resources), List.copyOf(assembly.problems));
    }

    private void add(FileVersion file) {
        problems.addAll(file.refusal());
        resources.addAll(file.locks());
        for (Checked document : file.documents()) {
            Resource<?> resource = document.resource();
            problems.addAll(document.problems());
            if (resource != null && once(document.meta()) && permitted(document, resource)) {
                resources.add(resource);
            }
        }
    }

    /** Of two resources of one kind, namespace and name the first counts: by file name, then by position. */
    private boolean once(Meta meta) {
        Meta earlier = first.putIfAbsent(meta.title(), meta);
        if (earlier == null) {
            return true;
        }
        problems.add(error(
                meta,
                "metadata.name",
                meta.name(),
                "each resource once was expected; the one of " + earlier.file() + ":" + earlier.line()
                        + " is in force and this one is not"));
        return false;
    }

    private boolean permitted(Checked document, Resource<?> resource) {
        Meta meta = document.meta();
        boolean refused = document.verdict() == Verdict.UNSUPPORTED
                && policy.of(meta.kind()) == UnsupportedPolicy.Treatment.REFUSE;
        if (refused) {
            problems.add(error(
                    meta,
                    "",
                    null,
                    "is not in force: an in-process mesh does not do all that it says (see the warnings)"));
            Resource<RefusedPolicy> lock = RefusedPolicy.inPlaceOf(resource);
            if (lock != null) {
                resources.add(lock);
            }
        }
        return !refused;
    }

    private static ConfigProblem error(
            Meta meta, String field, @org.jspecify.annotations.Nullable String value, String words) {
        return new ConfigProblem(
                ConfigProblem.Severity.ERROR,
                meta.title(),
                field,
                value,
                words,
                new Origin("", meta.file(), meta.line()));
    }
}
