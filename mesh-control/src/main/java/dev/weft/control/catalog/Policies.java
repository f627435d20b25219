package dev.weft.control.catalog;

import dev.weft.control.istio.DestinationRule;
import dev.weft.control.istio.DestinationRule.Subset;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.istio.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The DestinationRules by namespace and host. */
public final class Policies {
    private final Map<String, Namespace> namespaces = new HashMap<>();
    private final String rootNamespace;

    Policies(IstioConfig config, MeshConfig mesh) {
        rootNamespace = mesh.rootNamespace();
        for (Resource<DestinationRule> rule : config.destinationRules()) {
            String namespace = rule.meta().namespace();
            namespaces.computeIfAbsent(namespace, name -> new Namespace()).add(policy(rule, mesh));
        }
        namespaces.values().forEach(Namespace::sort);
    }

    private static Policy policy(Resource<DestinationRule> rule, MeshConfig mesh) {
        DestinationRule spec = rule.spec();
        String namespace = rule.meta().namespace();
        return new Policy(
                Hosts.resolve(spec.host(), namespace),
                rule.meta(),
                ExportTo.of(namespace, spec.exportTo(), mesh.defaultDestinationRuleExportTo()),
                spec.workloadSelector() == null || spec.workloadSelector().isEmpty() ? null : spec.workloadSelector(),
                spec.trafficPolicy(),
                spec.subsets());
    }

    /**
     * The policy that a client follows for a service: the first of the client's namespace, the service's and the root namespace
     * that has one for the host; there an exact host before the longest wildcard. Null if there is none.
     *
     * @param labels of the client
     */
    public @Nullable Policy find(Service service, String clientNamespace, Map<String, String> labels) {
        Policy own = in(
                clientNamespace,
                service.host(),
                labels,
                // In the root namespace everybody's rules would hide those of the service.
                policy -> !clientNamespace.equals(rootNamespace)
                        || policy.exportTo().isPrivate());
        if (own != null) {
            return own;
        }
        Predicate<Policy> exported = policy -> policy.selector() == null
                && policy.exportTo().includes(clientNamespace)
                && !policy.exportTo().isPrivate();
        Policy owners = in(service.namespace(), service.host(), labels, exported);
        return owners != null ? owners : in(rootNamespace, service.host(), labels, exported);
    }

    private @Nullable Policy in(String namespace, String host, Map<String, String> labels, Predicate<Policy> allowed) {
        Namespace found = namespaces.get(namespace);
        if (found == null) {
            return null;
        }
        Policy general = null;
        for (Policy candidate : found.candidates(host, allowed)) {
            if (candidate.selector() == null) {
                general = general == null ? candidate : general;
            } else if (labels.entrySet().containsAll(candidate.selector().entrySet())) {
                return candidate;
            }
        }
        return general;
    }

    /** The rules of one namespace. Filled once, then read. */
    private static final class Namespace {
        private final Map<String, List<Policy>> byHost = new HashMap<>();
        private final List<String> wildcards = new ArrayList<>();

        void add(Policy policy) {
            List<Policy> known = byHost.computeIfAbsent(policy.host(), host -> new ArrayList<>(1));
            for (int i = 0; i < known.size(); i++) {
                if (mergeable(known.get(i), policy)) {
                    known.set(i, merge(known.get(i), policy));
                    return;
                }
            }
            known.add(policy);
        }

        private static boolean mergeable(Policy older, Policy newer) {
            return older.exportTo().equals(newer.exportTo()) && older.selector() == null && newer.selector() == null;
        }

        private static Policy merge(Policy older, Policy newer) {
            List<Subset> subsets = new ArrayList<>(older.subsets());
            newer.subsets().stream()
                    .filter(subset -> older.subset(subset.name()) == null)
                    .forEach(subsets::add);
            return new Policy(
                    older.host(),
                    older.meta(),
                    older.exportTo(),
                    older.selector(),
                    older.traffic() == null ? newer.traffic() : older.traffic(),
                    subsets);
        }

        void sort() {
            byHost.keySet().stream().filter(Hosts::isWildcard).forEach(wildcards::add);
            wildcards.sort(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        }

        List<Policy> candidates(String host, Predicate<Policy> allowed) {
            List<Policy> found = allowed(byHost.getOrDefault(host, List.of()), allowed);
            for (int i = 0; found.isEmpty() && i < wildcards.size(); i++) {
                if (Hosts.covers(wildcards.get(i), host)) {
                    found = allowed(byHost.getOrDefault(wildcards.get(i), List.of()), allowed);
                }
            }
            return found;
        }

        private static List<Policy> allowed(List<Policy> policies, Predicate<Policy> allowed) {
            return policies.isEmpty()
                    ? policies
                    : policies.stream().filter(allowed).toList();
        }
    }
}
