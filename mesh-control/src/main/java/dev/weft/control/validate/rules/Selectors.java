package dev.weft.control.validate.rules;

import java.util.Set;
import java.util.stream.Stream;

/** Which workloads or objects a resource is about. */
final class Selectors {
    private static final Set<String> TARGETS = Set.of(
            "/Service",
            "core/Service",
            "networking.istio.io/ServiceEntry",
            "gateway.networking.k8s.io/Gateway",
            "gateway.networking.k8s.io/GatewayClass");

    private Selectors() {}

    /** {@code selector}, {@code targetRef} and {@code targetRefs} of a policy: each right, and one of them. */
    static void policy(Place spec) {
        Place selector = spec.get("selector");
        Place one = spec.get("targetRef");
        Place several = spec.get("targetRefs");
        long set = Stream.of(selector.present(), one.present(), !several.items().isEmpty())
                .filter(present -> present)
                .count();
        if (set > 1) {
            (several.present() ? several : one).error("only one of selector, targetRef and targetRefs may be written");
        }
        labels(selector, "matchLabels");
        if (one.present()) {
            target(one);
        }
        several.items().forEach(Selectors::target);
    }

    /** A selector whose labels are in that field: no wildcards; without labels it selects everything, said as a warning. */
    static void labels(Place selector, String field) {
        if (!selector.present()) {
            return;
        }
        Place labels = selector.get(field);
        labels.entries().forEach((key, value) -> {
            if (key.isEmpty()) {
                value.error("a label's name was expected before the colon");
            }
            if (key.contains("*") || value.text().contains("*")) {
                value.error("a label without wildcards was expected");
            }
        });
        if (labels.entries().isEmpty()) {
            selector.warning("a selector without labels selects every workload of the namespace");
        }
    }

    private static void target(Place target) {
        if (target.get("name").text().isEmpty()) {
            target.get("name").error("the name of the object was expected");
        }
        if (!target.get("namespace").text().isEmpty()) {
            target.get("namespace").error("objects of other namespaces cannot be named; leave it out");
        }
        Place kind = target.get("kind");
        if (!TARGETS.contains(target.get("group").text() + "/" + kind.text())) {
            kind.error(
                    "a Service, a networking.istio.io ServiceEntry or a gateway.networking.k8s.io Gateway was expected");
        }
    }
}
