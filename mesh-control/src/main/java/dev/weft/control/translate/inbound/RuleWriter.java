package dev.weft.control.translate.inbound;

import dev.weft.control.istio.AuthorizationPolicy.Action;
import dev.weft.control.istio.AuthorizationPolicy.Condition;
import dev.weft.control.istio.AuthorizationPolicy.Operation;
import dev.weft.control.istio.AuthorizationPolicy.Rule;
import dev.weft.control.istio.AuthorizationPolicy.Source;
import dev.weft.control.istio.AuthorizationPolicy.Values;
import dev.weft.proto.envoy.config.rbac.v3.Permission;
import dev.weft.proto.envoy.config.rbac.v3.Policy;
import dev.weft.proto.envoy.config.rbac.v3.Principal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one rule. Where the port speaks no HTTP, conditions on HTTP cannot hold: a rule that allows is dropped with them, and one that
 * denies or records goes without them, so that in doubt less is allowed and more denied. For one rule.
 */
final class RuleWriter {
    private final String namespace;
    private final TrustDomains domains;
    private final boolean tcp;
    private final Action action;

    /** Set when a condition of a rule that allows cannot hold here. */
    private boolean dropped;

    /**
     * @param namespace of the policy
     * @param tcp whether the port speaks something else than HTTP
     */
    RuleWriter(String namespace, TrustDomains domains, boolean tcp, Action action) {
        this.namespace = namespace;
        this.domains = domains;
        this.tcp = tcp;
        this.action = action;
    }

    /** Null if it can never match here. */
    @Nullable
    Policy write(Rule rule) {
        List<Permission> conditions = new ArrayList<>();
        List<Principal> callers = new ArrayList<>();
        rule.when().forEach(condition -> condition(condition, conditions, callers));
        Policy.Builder out = Policy.newBuilder();
        for (Operation operation : rule.to()) {
            List<Permission> and = new ArrayList<>();
            operation(operation, and);
            and.addAll(conditions);
            out.addPermissions(Permissions.JUNCTION.all(and));
        }
        if (rule.to().isEmpty()) {
            out.addPermissions(Permissions.JUNCTION.all(conditions));
        }
        for (Source source : rule.from()) {
            List<Principal> and = new ArrayList<>();
            source(source, and);
            and.addAll(callers);
            out.addPrincipals(Principals.JUNCTION.all(and));
        }
        if (rule.from().isEmpty()) {
            out.addPrincipals(Principals.JUNCTION.all(callers));
        }
        return dropped ? null : out.build();
    }

    private void operation(Operation operation, List<Permission> and) {
        Junction<Permission> junction = Permissions.JUNCTION;
        if (http(operation.hosts())) {
            junction.each(and, operation.hosts(), Permissions::host);
        }
        if (http(operation.methods())) {
            junction.each(and, operation.methods(), Permissions::method);
        }
        if (http(operation.paths())) {
            junction.each(and, operation.paths(), Permissions::path);
        }
        junction.each(and, operation.ports(), Permissions::port);
    }

    private void source(Source source, List<Principal> and) {
        Junction<Principal> junction = Principals.JUNCTION;
        junction.each(and, aliases(source.principals()), Principals::identity);
        if (http(source.requestPrincipals())) {
            junction.joined(and, source.requestPrincipals(), Claims::requestPrincipals);
        }
        junction.each(and, source.serviceAccounts(), account -> Principals.serviceAccount(account, namespace));
        junction.each(and, domains(source.trustDomains()), Principals::trustDomain);
        junction.each(and, source.namespaces(), Principals::namespace);
        junction.each(and, source.remoteIpBlocks(), Principals::callerAddress);
        junction.each(and, source.ipBlocks(), Principals::peerAddress);
    }

    private void condition(Condition condition, List<Permission> conditions, List<Principal> callers) {
        Junction<Permission> asked = Permissions.JUNCTION;
        Junction<Principal> junction = Principals.JUNCTION;
        String key = condition.key();
        Values values = condition.values();
        switch (key) {
            case "destination.ip" -> asked.each(conditions, values, Permissions::address);
            case "destination.port" -> asked.each(conditions, values, Permissions::port);
            case "connection.sni" -> asked.each(conditions, values, Permissions::serverName);
            case "source.ip" -> junction.each(callers, values, Principals::peerAddress);
            case "remote.ip" -> junction.each(callers, values, Principals::callerAddress);
            case "source.namespace" -> junction.each(callers, values, Principals::namespace);
            case "source.trustDomain" -> junction.each(callers, domains(values), Principals::trustDomain);
            case "source.serviceAccount" ->
                junction.each(callers, values, account -> Principals.serviceAccount(account, namespace));
            case "source.principal" -> junction.each(callers, aliases(values), Principals::identity);
            default -> special(key, values, conditions, callers);
        }
    }

    private void special(String key, Values values, List<Permission> conditions, List<Principal> callers) {
        Junction<Principal> junction = Principals.JUNCTION;
        if (key.startsWith(FilterMetadata.PREFIX)) {
            Permissions.JUNCTION.joined(
                    conditions, values, list -> Permissions.metadata(FilterMetadata.matcher(key, list)));
        } else if (!http(values)) {
            return;
        } else if (key.equals("request.auth.principal")) {
            junction.joined(callers, values, Claims::requestPrincipals);
        } else if (key.equals("request.auth.audiences")) {
            junction.joined(callers, values, list -> Claims.claim(List.of("aud"), list));
        } else if (key.equals("request.auth.presenter")) {
            junction.joined(callers, values, list -> Claims.claim(List.of("azp"), list));
        } else if (key.startsWith("request.headers")) {
            String header = Brackets.whole(key.substring("request.headers".length()));
            junction.each(callers, values, value -> Principals.header(Texts.header(header, value)));
        } else {
            List<String> path = Brackets.path(key.substring("request.auth.claims".length()));
            junction.joined(callers, values, list -> Claims.claim(path, list));
        }
    }

    /** Whether a condition on HTTP is to be written. */
    private boolean http(Values values) {
        if (tcp && !values.isEmpty()) {
            dropped |= action == Action.ALLOW;
            return false;
        }
        return true;
    }

    private Values aliases(Values values) {
        return new Values(domains.principals(values.any()), domains.principals(values.none()));
    }

    private Values domains(Values values) {
        return new Values(domains.expand(values.any()), domains.expand(values.none()));
    }
}
