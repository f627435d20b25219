package dev.weft.control.validate.rules;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Cross-origin rules. */
final class CorsRules {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*");

    private CorsRules() {}

    static void check(Place cors) {
        for (Place origin : cors.get("allowOrigins").items()) {
            if (Stream.of("exact", "prefix", "regex")
                    .noneMatch(name -> origin.get(name).filled())) {
                origin.error("exact, prefix or regex was expected");
            }
            HttpMatchRules.regex(origin);
        }
        for (Place method : cors.get("allowMethods").items()) {
            if (!METHODS.contains(method.text())) {
                method.error("a method such as GET was expected, or *");
            }
        }
        for (String field : List.of("allowHeaders", "exposeHeaders")) {
            for (Place name : cors.get(field).items()) {
                if (!name.is("*") && !HeaderRules.name(name.text())) {
                    name.error("the name of a header was expected, or *");
                }
            }
        }
        Values.duration(cors.get("maxAge"));
        Duration age = cors.get("maxAge").duration();
        if (age != null && age.toNanosPart() > 0) {
            cors.get("maxAge").error("whole seconds were expected");
        }
    }
}
