package dev.weft.control.catalog;

import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.istio.Resource;
import dev.weft.control.istio.VirtualService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The VirtualServices that steer calls inside the mesh, by host. */
public final class Rules {
    private final Map<String, List<Rule>> exact = new TreeMap<>();
    private final Map<String, List<Rule>> wildcard = new HashMap<>();
    /** Longest first: the most special one rules. */
    private final List<String> wildcards = new ArrayList<>();

    Rules(IstioConfig config, MeshConfig mesh) {
        Delegates delegates = new Delegates(config.virtualServices(), mesh);
        for (Resource<VirtualService> resource : config.virtualServices()) {
            VirtualService spec = resource.spec();
            String namespace = resource.meta().namespace();
            List<String> hosts = spec.hosts().stream()
                    .map(host -> Hosts.resolve(host, namespace))
                    .distinct()
                    .toList();
            if (hosts.isEmpty() || !spec.appliesToMesh()) {
                continue;
            }
            Rule rule = new Rule(
                    resource.meta(),
                    hosts,
                    ExportTo.of(namespace, spec.exportTo(), mesh.defaultVirtualServiceExportTo()),
                    spec.gateways(),
                    delegates.routes(resource));
            for (String host : hosts) {
                (Hosts.isWildcard(host) ? wildcard : exact)
                        .computeIfAbsent(host, known -> new ArrayList<>(1))
                        .add(rule);
            }
        }
        wildcards.addAll(wildcard.keySet());
        wildcards.sort(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
    }

    /**
     * The rules for a host of a service, the one to follow first: exact host before the longest wildcard; among rules for the same
     * host those private to the caller's namespace, then the older ones. Several are given because one may have nothing to say to
     * this caller; rules are never mixed.
     */
    public List<Rule> candidates(String host, Scope scope) {
        List<Rule> found = visible(exact.getOrDefault(host, List.of()), scope);
        for (int i = 0; found.isEmpty() && i < wildcards.size(); i++) {
            if (Hosts.covers(wildcards.get(i), host)) {
                found = visible(wildcard.getOrDefault(wildcards.get(i), List.of()), scope);
            }
        }
        return found;
    }

    private static List<Rule> visible(List<Rule> rules, Scope scope) {
        if (rules.isEmpty()) {
            return rules;
        }
        return rules.stream()
                .filter(scope::follows)
                .sorted(Comparator.comparingInt(rule -> rule.exportTo().rank(scope.namespace())))
                .toList();
    }

    /** Every host that rules of this scope name, in order. */
    public Set<String> hosts(Scope scope) {
        Set<String> hosts = new TreeSet<>();
        for (Map<String, List<Rule>> some : List.of(exact, wildcard)) {
            some.forEach((host, rules) -> {
                if (rules.stream().anyMatch(scope::follows)) {
                    hosts.add(host);
                }
            });
        }
        return hosts;
    }
}
