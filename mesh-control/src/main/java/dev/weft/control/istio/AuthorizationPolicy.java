package dev.weft.control.istio;

import java.util.List;
import java.util.Map;

/**
 * Who may do what with some workloads.
 *
 * @param selector labels of the workloads; empty = all of the namespace, or of the mesh in the root namespace
 * @param targeted about gateways or waypoints: sidecars and libraries do not follow it
 * @param provider of {@link Action#CUSTOM}: name of an extension provider; otherwise empty
 * @param rules of which one has to match; none = it never does
 */
public record AuthorizationPolicy(
        Map<String, String> selector, boolean targeted, Action action, String provider, List<Rule> rules)
        implements Spec {

    /** What follows from a match. */
    public enum Action {
        ALLOW,
        DENY,
        AUDIT,
        CUSTOM
    }

    /** One of the sources, one of the operations and all conditions have to match; what is empty matches. */
    public record Rule(List<Source> from, List<Operation> to, List<Condition> when) {}

    /** One of {@code any} has to match, unless it is empty, and none of {@code none}. */
    public record Values(List<String> any, List<String> none) {
        public boolean isEmpty() {
            return any.isEmpty() && none.isEmpty();
        }

        private static Values read(Fields fields, String name) {
            String negated = "not" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
            return new Values(fields.strings(name), fields.strings(negated));
        }
    }

    /** A caller; all of it has to match. */
    public record Source(
            Values principals,
            Values requestPrincipals,
            Values namespaces,
            Values serviceAccounts,
            Values trustDomains,
            Values ipBlocks,
            Values remoteIpBlocks) {
        private static Source read(Fields fields) {
            return new Source(
                    Values.read(fields, "principals"),
                    Values.read(fields, "requestPrincipals"),
                    Values.read(fields, "namespaces"),
                    Values.read(fields, "serviceAccounts"),
                    Values.read(fields, "trustDomains"),
                    Values.read(fields, "ipBlocks"),
                    Values.read(fields, "remoteIpBlocks"));
        }
    }

    /** A request; all of it has to match. */
    public record Operation(Values hosts, Values ports, Values methods, Values paths) {
        private static Operation read(Fields fields) {
            return new Operation(
                    Values.read(fields, "hosts"),
                    Values.read(fields, "ports"),
                    Values.read(fields, "methods"),
                    Values.read(fields, "paths"));
        }
    }

    /** An attribute by name. */
    public record Condition(String key, Values values) {}

    static AuthorizationPolicy read(Fields fields) {
        Action action = fields.oneOf("action", Action.class);
        String provider = fields.message("provider", p -> p.string("name", ""));
        return new AuthorizationPolicy(
                Selector.read(fields),
                Selector.targeted(fields),
                action == null ? Action.ALLOW : action,
                provider == null ? "" : provider,
                fields.messages("rules", AuthorizationPolicy::rule));
    }

    private static Rule rule(Fields fields) {
        // A source or operation that is not written is one without conditions.
        return new Rule(
                fields.messages("from", f -> source(f)),
                fields.messages("to", t -> operation(t)),
                fields.messages("when", w -> new Condition(w.string("key", ""), Values.read(w, "values"))));
    }

    private static Source source(Fields from) {
        Source said = from.message("source", Source::read);
        return said == null ? Source.read(Fields.none()) : said;
    }

    private static Operation operation(Fields to) {
        Operation said = to.message("operation", Operation::read);
        return said == null ? Operation.read(Fields.none()) : said;
    }
}
