package dev.weft.control.validate.rules;

import java.util.Map;
import java.util.Set;

/** An EnvoyFilter: patches that say to what they apply. The Envoy configuration inside is not looked at. */
final class EnvoyFilterRules {
    private static final Set<String> MANAGERS =
            Set.of("envoy.filters.network.http_connection_manager", "envoy.http_connection_manager");
    private static final Map<String, String> MATCHES = Map.of(
            "LISTENER", "listener",
            "FILTER_CHAIN", "listener",
            "NETWORK_FILTER", "listener",
            "HTTP_FILTER", "listener",
            "ROUTE_CONFIGURATION", "routeConfiguration",
            "VIRTUAL_HOST", "routeConfiguration",
            "HTTP_ROUTE", "routeConfiguration",
            "CLUSTER", "cluster");

    private EnvoyFilterRules() {}

    static void check(Place spec) {
        Selectors.labels(spec.get("workloadSelector"), "labels");
        spec.get("configPatches").items().stream()
                .filter(patch -> !patch.get("match").get("context").is("WAYPOINT"))
                .forEach(EnvoyFilterRules::patch);
    }

    private static void patch(Place entry) {
        Place applyTo = entry.get("applyTo");
        Place patch = entry.get("patch");
        Place operation = patch.get("operation");
        if (applyTo.text().isEmpty() || applyTo.is("INVALID")) {
            applyTo.error("what the patch applies to was expected");
        } else if (!patch.present()) {
            patch.error("a patch was expected");
        } else if (operation.text().isEmpty() || operation.is("INVALID")) {
            operation.error("an operation such as MERGE was expected");
        } else if (!operation.is("REMOVE") && !patch.get("value").present()) {
            patch.get("value").error("a value was expected, except for REMOVE");
        } else {
            match(applyTo.text(), entry.get("match"));
        }
    }

    private static void match(String applyTo, Place match) {
        Place version = match.get("proxy").get("proxyVersion");
        if (version.filled() && version.text().length() <= 1024) {
            version.error(Values.regex(version.text()));
        }
        String wanted = MATCHES.get(applyTo);
        if (wanted == null) {
            return;
        }
        for (String kind : Set.of("listener", "routeConfiguration", "cluster", "waypoint")) {
            if (!kind.equals(wanted) && match.get(kind).present()) {
                match.get(kind).error("a match by " + wanted + " was expected for " + applyTo);
            }
        }
        Place filter = match.get("listener").get("filterChain").get("filter");
        if (wanted.equals("listener") && filter.present()) {
            filter(applyTo, filter);
        }
    }

    private static void filter(String applyTo, Place filter) {
        Place inner = filter.get("subFilter");
        if (!filter.get("name").filled()) {
            filter.get("name").error("the name of a filter was expected");
        } else if (inner.present()) {
            if (!applyTo.equals("HTTP_FILTER")) {
                inner.error("only HTTP_FILTER looks into a filter");
            } else if (!MANAGERS.contains(filter.get("name").text())) {
                filter.get("name")
                        .error("envoy.filters.network.http_connection_manager was expected around HTTP filters");
            } else if (!inner.get("name").filled()) {
                inner.get("name").error("the name of a filter was expected");
            }
        }
    }
}
