package dev.weft.control.validate.rules;

/** A Telemetry: providers by name, tags with values. */
final class TelemetryRules {
    private TelemetryRules() {}

    static void check(Place spec) {
        Selectors.policy(spec);
        spec.get("metrics").items().forEach(TelemetryRules::metrics);
        if (spec.get("tracing").items().size() > 1) {
            spec.get("tracing").warning("only the first is used");
        }
        spec.get("tracing").items().forEach(TelemetryRules::tracing);
        for (Place logging : spec.get("accessLogging").items()) {
            providers(logging);
        }
    }

    private static void providers(Place place) {
        for (Place provider : place.get("providers").items()) {
            if (!provider.get("name").filled()) {
                provider.get("name").error("the name of a provider was expected");
            }
        }
    }

    private static void tracing(Place tracing) {
        providers(tracing);
        if (tracing.get("providers").items().size() > 1) {
            tracing.get("providers").warning("only the first is used");
        }
        Values.percent(tracing.get("randomSamplingPercentage"));
        tracing.get("customTags").entries().forEach((name, tag) -> {
            if (name.isEmpty()) {
                tag.error("the name of a tag was expected before the colon");
            }
            filled(tag.get("literal"), "value");
            filled(tag.get("header"), "name");
            filled(tag.get("environment"), "name");
        });
    }

    private static void filled(Place kind, String field) {
        if (kind.present() && !kind.get(field).filled()) {
            kind.get(field).error("a text was expected");
        }
    }

    private static void metrics(Place metrics) {
        providers(metrics);
        for (Place override : metrics.get("overrides").items()) {
            Place custom = override.get("match").get("customMetric");
            if (custom.present() && !custom.filled()) {
                custom.error("the name of a metric was expected");
            }
            override.get("tagOverrides").entries().forEach((name, tag) -> tag(name, tag));
        }
    }

    private static void tag(String name, Place tag) {
        if (name.isEmpty()) {
            tag.warning("the name of a tag was expected before the colon");
        }
        Place value = tag.get("value");
        if (tag.get("operation").is("REMOVE")) {
            if (value.filled()) {
                value.error("a tag that is removed has no value");
            }
        } else if (!value.filled()) {
            value.error("a value was expected for the tag");
        }
    }
}
