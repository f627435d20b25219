package dev.weft.control.catalog;

import dev.weft.control.istio.AuthorizationPolicy;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.istio.PeerAuthentication;
import dev.weft.control.istio.PeerAuthentication.Mode;
import dev.weft.control.istio.RefusedPolicy;
import dev.weft.control.istio.RequestAuthentication;
import dev.weft.control.istio.Resource;
import dev.weft.control.istio.Spec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policies about what arrives, and which of them hold for a workload: those of its namespace and of the root namespace that
 * select its labels. Policies for gateways and waypoints are not followed.
 */
public final class SecurityPolicies {
    private final List<Resource<PeerAuthentication>> peers;
    private final List<Resource<RequestAuthentication>> tokens;
    private final List<Resource<AuthorizationPolicy>> authorization;
    private final List<Resource<RefusedPolicy>> refused;
    private final String rootNamespace;
    /** Labels that some selector asks for. */
    private final Map<String, Set<String>> asked = new HashMap<>();

    SecurityPolicies(IstioConfig config, MeshConfig mesh) {
        rootNamespace = mesh.rootNamespace();
        peers = config.peerAuthentications();
        tokens = config.requestAuthentications().stream()
                .filter(resource -> !resource.spec().targeted())
                .toList();
        authorization = config.authorizationPolicies().stream()
                .filter(resource -> !resource.spec().targeted())
                .toList();
        refused = config.refusedPolicies();
        Stream.of(
                        peers.stream().map(resource -> resource.spec().selector()),
                        tokens.stream().map(resource -> resource.spec().selector()),
                        authorization.stream().map(resource -> resource.spec().selector()),
                        refused.stream().map(resource -> resource.spec().selector()))
                .flatMap(Function.identity())
                .forEach(selector -> selector.forEach((key, value) ->
                        asked.computeIfAbsent(key, name -> new HashSet<>()).add(value)));
    }

    /** Of a workload's labels those that a policy may ask for: workloads that differ in others follow the same policies. */
    public Map<String, String> relevant(Map<String, String> labels) {
        Map<String, String> relevant = new HashMap<>();
        labels.forEach((key, value) -> {
            if (asked.getOrDefault(key, Set.of()).contains(value)) {
                relevant.put(key, value);
            }
        });
        return Map.copyOf(relevant);
    }

    /** What holds for a workload. */
    public InboundPolicies of(String namespace, Map<String, String> labels) {
        return new InboundPolicies(
                peers(namespace, labels),
                applicable(tokens, RequestAuthentication::selector, namespace, labels),
                applicable(authorization, AuthorizationPolicy::selector, namespace, labels),
                applicable(refused, RefusedPolicy::selector, namespace, labels));
    }

    private <S extends Spec> List<Resource<S>> applicable(
            List<Resource<S>> all,
            Function<S, Map<String, String>> selector,
            String namespace,
            Map<String, String> labels) {
        List<Resource<S>> found = new ArrayList<>();
        for (String place :
                List.of(rootNamespace, namespace).stream().distinct().toList()) {
            for (Resource<S> candidate : all) {
                if (candidate.meta().namespace().equals(place)
                        && labels.entrySet()
                                .containsAll(selector.apply(candidate.spec()).entrySet())) {
                    found.add(candidate);
                }
            }
        }
        return found;
    }

    /**
     * Which connections a workload takes: said for itself, else for its namespace, else for the mesh, else both kinds. Of several on
     * one level the oldest counts, and it alone: a level that it leaves unset is passed on to the next.
     */
    public PeerModes peers(String namespace, Map<String, String> labels) {
        PeerAuthentication mesh = oldest(rootNamespace, Map.of());
        PeerAuthentication whole = namespace.equals(rootNamespace) ? null : oldest(namespace, Map.of());
        // In the root namespace a selector has no effect: what is written there is about the mesh.
        PeerAuthentication own = namespace.equals(rootNamespace) || labels.isEmpty() ? null : oldest(namespace, labels);
        Mode mode = Mode.PERMISSIVE;
        for (PeerAuthentication level : new @Nullable PeerAuthentication[] {mesh, whole, own}) {
            Mode said = level == null ? null : level.mode();
            mode = said == null ? mode : said;
        }
        Map<Integer, Mode> ports = new HashMap<>();
        if (own != null) {
            for (Map.Entry<Integer, @Nullable Mode> port : own.ports().entrySet()) {
                Mode said = port.getValue();
                ports.put(port.getKey(), said == null ? mode : said);
            }
        }
        return new PeerModes(mode, ports);
    }

    /** @param labels of a workload for the policies with a selector; empty for those without */
    private @Nullable PeerAuthentication oldest(String namespace, Map<String, String> labels) {
        for (Resource<PeerAuthentication> candidate : peers) {
            Map<String, String> selector = candidate.spec().selector();
            if (candidate.meta().namespace().equals(namespace)
                    && selector.isEmpty() == labels.isEmpty()
                    && labels.entrySet().containsAll(selector.entrySet())) {
                return candidate.spec();
            }
        }
        return null;
    }
}
