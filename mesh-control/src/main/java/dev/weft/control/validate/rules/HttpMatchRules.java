package dev.weft.control.validate.rules;

import java.util.List;

/** Conditions of a rule. */
final class HttpMatchRules {
    private HttpMatchRules() {}

    static void check(Place route) {
        for (Place match : route.get("match").items()) {
            headers(match);
            // An empty prefix of a path matches everything; of anything else Envoy refuses it.
            regex(match.get("uri"));
            List.of("scheme", "method", "authority").forEach(name -> condition(match.get(name)));
            match.get("queryParams").entries().values().forEach(HttpMatchRules::condition);
            if (match.get("port").number() != 0) {
                Values.port(match.get("port"));
            }
            Values.labels(match.get("sourceLabels"));
            VirtualServiceRules.gateways(match.get("gateways"));
            Place namespace = match.get("sourceNamespace");
            if (!namespace.text().isEmpty() && !HostNames.label(namespace.text())) {
                namespace.error("a namespace was expected");
            }
        }
    }

    private static void headers(Place match) {
        match.get("headers").entries().forEach((name, value) -> {
            name(name, value);
            condition(value);
        });
        match.get("withoutHeaders").entries().forEach((name, value) -> {
            name(name, value);
            if (!value.get("regex").is("*")) {
                condition(value);
            }
        });
    }

    private static void name(String name, Place place) {
        if (!HeaderRules.name(name) && !VirtualServiceRules.claim(name)) {
            place.error("the name of a header was expected: letters, digits, - and _");
        }
    }

    private static void condition(Place condition) {
        if (condition.get("prefix").present() && condition.get("prefix").text().isEmpty()) {
            condition.get("prefix").error("a text was expected");
        }
        regex(condition);
    }

    static void regex(Place condition) {
        if (condition.get("regex").present()) {
            condition.get("regex").error(Values.regex(condition.get("regex").text()));
        }
    }
}
