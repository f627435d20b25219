package dev.weft.control.istio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All accepted resources, each kind in order of age: written creationTimestamp first, then name and namespace, as Istio
 * does; then file and position. Immutable.
 */
public record IstioConfig(
        List<Resource<VirtualService>> virtualServices,
        List<Resource<DestinationRule>> destinationRules,
        List<Resource<ServiceEntry>> serviceEntries,
        List<Resource<WorkloadEntry>> workloadEntries,
        List<Resource<Sidecar>> sidecars,
        List<Resource<PeerAuthentication>> peerAuthentications,
        List<Resource<RequestAuthentication>> requestAuthentications,
        List<Resource<AuthorizationPolicy>> authorizationPolicies,
        List<Resource<RefusedPolicy>> refusedPolicies,
        List<Resource<OtherSpec>> others) {
    /** Nothing. */
    public static final IstioConfig EMPTY = of(List.of());

    /** Sorts resources by kind and age. */
    public static IstioConfig of(List<Resource<?>> resources) {
        return new IstioConfig(
                kind(resources, VirtualService.class),
                kind(resources, DestinationRule.class),
                kind(resources, ServiceEntry.class),
                kind(resources, WorkloadEntry.class),
                kind(resources, Sidecar.class),
                kind(resources, PeerAuthentication.class),
                kind(resources, RequestAuthentication.class),
                kind(resources, AuthorizationPolicy.class),
                kind(resources, RefusedPolicy.class),
                kind(resources, OtherSpec.class));
    }

    private static <S extends Spec> List<Resource<S>> kind(List<Resource<?>> resources, Class<S> type) {
        List<Resource<S>> found = new ArrayList<>();
        for (Resource<?> resource : resources) {
            if (type.isInstance(resource.spec())) {
                found.add(new Resource<>(resource.meta(), type.cast(resource.spec())));
            }
        }
        found.sort(
                Comparator.comparingInt((Resource<S> r) -> r.meta().creation().isEmpty() ? 1 : 0)
                        .thenComparing(r -> r.meta().creation())
                        .thenComparing(r -> r.meta().name())
                        .thenComparing(r -> r.meta().namespace())
                        .thenComparing(r -> r.meta().file())
                        .thenComparingInt(r -> r.meta().document()));
        return List.copyOf(found);
    }
}
