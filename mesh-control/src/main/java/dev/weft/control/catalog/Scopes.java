package dev.weft.control.catalog;

import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.istio.Resource;
import dev.weft.control.istio.Sidecar;
import java.util.List;
import java.util.Map;

/** Chooses the Sidecar of a workload: one that selects it, else its namespace's default, else the root namespace's. */
final class Scopes {
    private final List<Resource<Sidecar>> sidecars;
    private final MeshConfig mesh;

    Scopes(IstioConfig config, MeshConfig mesh) {
        this.sidecars = config.sidecars();
        this.mesh = mesh;
    }

    Scope of(String namespace, Map<String, String> labels) {
        Resource<Sidecar> chosen = null;
        int best = 0;
        for (Resource<Sidecar> candidate : sidecars) {
            int rank = rank(candidate, namespace, labels);
            if (rank > best) {
                chosen = candidate;
                best = rank;
            }
        }
        return chosen == null
                ? Scope.open(namespace, mesh.registryOnly())
                : Scope.of(namespace, chosen.spec(), mesh.registryOnly());
    }

    private int rank(Resource<Sidecar> candidate, String namespace, Map<String, String> labels) {
        Map<String, String> selector = candidate.spec().workloadSelector();
        if (selector != null && !selector.isEmpty()) {
            return candidate.meta().namespace().equals(namespace)
                            && labels.entrySet().containsAll(selector.entrySet())
                    ? 3
                    : 0;
        }
        return candidate.meta().namespace().equals(namespace)
                ? 2
                : candidate.meta().namespace().equals(mesh.rootNamespace()) ? 1 : 0;
    }
}
