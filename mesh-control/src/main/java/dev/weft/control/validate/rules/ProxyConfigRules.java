package dev.weft.control.validate.rules;

/** A ProxyConfig. */
final class ProxyConfigRules {
    private ProxyConfigRules() {}

    static void check(Place spec) {
        Selectors.labels(spec.get("selector"), "matchLabels");
        if (spec.get("concurrency").number() < 0) {
            spec.get("concurrency").error("0 or more was expected");
        }
    }
}
