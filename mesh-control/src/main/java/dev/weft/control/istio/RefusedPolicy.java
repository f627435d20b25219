package dev.weft.control.istio;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy about security that was written and cannot be followed. It is kept because a lock that does not turn must not leave
 * the door open.
 *
 * @param selector labels of the workloads that it was meant for; empty = all of its namespace, also where that could not be read
 */
public record RefusedPolicy(Map<String, String> selector) implements Spec {
    public RefusedPolicy {
        selector = Map.copyOf(selector);
    }

    /**
     * What stands in for a sound resource that is not in force all the same; null if it forbids nothing to workloads, as a route does, or
     * a policy for gateways.
     */
    public static @Nullable Resource<RefusedPolicy> inPlaceOf(Resource<?> resource) {
        Spec spec = resource.spec();
        Map<String, String> selector = null;
        if (spec instanceof AuthorizationPolicy policy && !policy.targeted()) {
            selector = policy.selector();
        } else if (spec instanceof RequestAuthentication policy && !policy.targeted()) {
            selector = policy.selector();
        } else if (spec instanceof PeerAuthentication policy) {
            selector = policy.selector();
        }
        return selector == null ? null : new Resource<>(resource.meta(), new RefusedPolicy(selector));
    }

    /** What is left of a document: its place, and whom it is about as far as that can be read. */
    public static Resource<RefusedPolicy> of(Parsed document) {
        YamlNode spec = document.spec();
        Map<String, String> selector = spec == null
                ? Map.of()
                : Selector.read(
                        Fields.of(spec, "spec", new Problems("", document.meta().file())));
        return new Resource<>(document.meta(), new RefusedPolicy(selector));
    }
}
