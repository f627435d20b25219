package dev.weft.control.validate.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** An AuthorizationPolicy: rules that can be triggered, by attributes that exist. */
final class AuthorizationPolicyRules {
    private static final List<String> PEER = List.of("principals", "notPrincipals", "namespaces", "notNamespaces");
    private static final List<String> ACCOUNTS = List.of("serviceAccounts", "notServiceAccounts");
    private static final List<String> DOMAINS = List.of("trustDomains", "notTrustDomains");
    private static final List<String> REQUEST = List.of("requestPrincipals", "notRequestPrincipals");
    private static final List<String> ADDRESSES =
            List.of("ipBlocks", "notIpBlocks", "remoteIpBlocks", "notRemoteIpBlocks");
    private static final List<List<String>> SOURCE = List.of(PEER, ACCOUNTS, DOMAINS, REQUEST, ADDRESSES);
    private static final List<String> OPERATION =
            List.of("hosts", "notHosts", "methods", "notMethods", "ports", "notPorts", "paths", "notPaths");
    private static final Set<String> BEYOND_CUSTOM =
            Set.of("source.namespace", "source.serviceAccount", "source.trustDomain", "source.principal");

    private AuthorizationPolicyRules() {}

    static void check(Place spec) {
        Selectors.policy(spec);
        String action = spec.get("action").text();
        List<Place> rules = spec.get("rules").items();
        boolean custom = action.equals("CUSTOM");
        if (rules.isEmpty() && (custom || action.equals("DENY"))) {
            spec.get("rules").error("at least one rule was expected: without, " + action + " is never triggered");
        } else if (custom && !spec.get("provider").get("name").filled()) {
            spec.get("provider").get("name").error("the name of a provider was expected beside CUSTOM");
        }
        if (spec.get("provider").present() && !custom) {
            spec.get("provider").error("only CUSTOM has a provider");
        }
        rules.forEach(rule -> rule(rule, custom));
    }

    private static void rule(Place rule, boolean custom) {
        for (Place from : rule.get("from").items()) {
            Place source = from.get("source");
            if (SOURCE.stream().anyMatch(fields -> says(source, fields))) {
                source(source, custom);
            } else {
                source.error("a source that says something was expected");
            }
        }
        for (Place to : rule.get("to").items()) {
            Place operation = to.get("operation");
            if (says(operation, OPERATION)) {
                operation(operation);
            } else {
                operation.error("an operation that says something was expected");
            }
        }
        rule.get("when").items().forEach(when -> when(when, custom));
    }

    private static boolean says(Place place, List<String> fields) {
        return fields.stream().anyMatch(field -> !place.get(field).items().isEmpty());
    }

    private static void source(Place source, boolean custom) {
        if (says(source, PEER) && says(source, ACCOUNTS)) {
            source.error("serviceAccounts name the namespace themselves: no namespaces or principals beside them");
        }
        if (custom) {
            for (List<String> fields : List.of(PEER, ACCOUNTS, DOMAINS, REQUEST)) {
                fields.stream()
                        .map(source::get)
                        .filter(field -> !field.items().isEmpty())
                        .forEach(field -> field.error("CUSTOM cannot tell callers apart this way"));
            }
        }
        each(source, PEER, Attributes::filled);
        each(source, REQUEST, Attributes::filled);
        each(source, ADDRESSES, IpAddresses::addressOrBlock);
        each(source, DOMAINS, Attributes::trustDomain);
        each(source, ACCOUNTS, Attributes::serviceAccount);
        for (String field : ACCOUNTS) {
            Attributes.atMostSixteen(source.get(field));
        }
    }

    private static void operation(Place operation) {
        each(operation, List.of("hosts", "notHosts", "methods", "notMethods"), Attributes::filled);
        each(operation, List.of("ports", "notPorts"), Attributes::port);
        each(operation, List.of("paths", "notPaths"), Attributes::path);
    }

    private static void when(Place when, boolean custom) {
        Place key = when.get("key");
        if (!key.filled()) {
            key.error("an attribute was expected, such as request.headers[user-agent]");
            return;
        }
        if (custom && (BEYOND_CUSTOM.contains(key.text()) || key.text().startsWith("request.auth."))) {
            key.error("CUSTOM cannot tell callers apart this way");
        }
        if (when.get("values").items().isEmpty()
                && when.get("notValues").items().isEmpty()) {
            when.error("values or notValues were expected");
        } else {
            Attributes.condition(key, List.of(when.get("values"), when.get("notValues")));
        }
    }

    private static void each(Place place, List<String> fields, Function<String, Optional<String>> check) {
        for (String field : fields) {
            place.get(field).items().forEach(value -> value.error(check.apply(value.text())));
        }
    }
}
