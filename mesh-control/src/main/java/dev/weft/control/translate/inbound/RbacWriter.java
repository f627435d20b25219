package dev.weft.control.translate.inbound;

import dev.weft.control.istio.AuthorizationPolicy;
import dev.weft.control.istio.AuthorizationPolicy.Action;
import dev.weft.control.istio.AuthorizationPolicy.Rule;
import dev.weft.control.istio.Meta;
import dev.weft.control.istio.Resource;
import dev.weft.proto.envoy.config.rbac.v3.Policy;
import dev.weft.proto.envoy.config.rbac.v3.RBAC;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes policies of one action as the rules of one filter. */
final class RbacWriter {
    private static final String DRY_RUN = "istio.io/dry-run";
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

    /** An ALLOW policy without rules allows nothing, and closes the workload by being there. */
    private static final Policy NEVER = Policy.newBuilder()
            .addPermissions(Permissions.JUNCTION.not(Permissions.JUNCTION.any()))
            .addPrincipals(Principals.JUNCTION.not(Principals.JUNCTION.any()))
            .build();

    private final TrustDomains domains;
    private final boolean tcp;

    RbacWriter(TrustDomains domains, boolean tcp) {
        this.domains = domains;
        this.tcp = tcp;
    }

    /**
     * Rules that are in force, and those that are only tried out; null where there is no such policy.
     */
    record Written(@Nullable RBAC rules, @Nullable RBAC shadow) {}

    /** @param prefix before the names of rules, for those who recognise them later */
    Written write(List<Resource<AuthorizationPolicy>> policies, Action action, String prefix) {
        RBAC.Builder rules = RBAC.newBuilder().setAction(wire(action));
        RBAC.Builder shadow = rules.clone();
        boolean any = false;
        boolean anyShadow = false;
        for (Resource<AuthorizationPolicy> policy : policies) {
            boolean tried = TRUE.contains(policy.meta().annotations().getOrDefault(DRY_RUN, ""));
            any |= !tried;
            anyShadow |= tried;
            add(policy, action, prefix, tried ? shadow : rules);
        }
        return new Written(any ? rules.build() : null, anyShadow ? shadow.build() : null);
    }

    private void add(Resource<AuthorizationPolicy> policy, Action action, String prefix, RBAC.Builder into) {
        Meta meta = policy.meta();
        List<Rule> rules = policy.spec().rules();
        if (rules.isEmpty()) {
            into.putPolicies(prefix + name(meta, 0), NEVER);
        }
        for (int i = 0; i < rules.size(); i++) {
            Policy written = new RuleWriter(meta.namespace(), domains, tcp, action).write(rules.get(i));
            if (written != null) {
                into.putPolicies(prefix + name(meta, i), written);
            }
        }
    }

    /**
     * Denies everything in the name of a policy that cannot be enforced.
     *
     * @param into rules that deny
     * @param why a word for it
     */
    static void close(RBAC.Builder into, Meta meta, String why) {
        into.putPolicies(
                "ns[" + meta.namespace() + "]-policy[" + meta.name() + "]-deny-due-to-" + why + "-" + meta.kind(),
                Policy.newBuilder()
                        .addPermissions(Permissions.JUNCTION.any())
                        .addPrincipals(Principals.JUNCTION.any())
                        .build());
    }

    static String name(Meta meta, int rule) {
        return "ns[" + meta.namespace() + "]-policy[" + meta.name() + "]-rule[" + rule + "]";
    }

    /** CUSTOM is written as a denial that nobody executes; it selects what is asked about. */
    private static RBAC.Action wire(Action action) {
        return switch (action) {
            case ALLOW -> RBAC.Action.ALLOW;
            case DENY, CUSTOM -> RBAC.Action.DENY;
            case AUDIT -> RBAC.Action.LOG;
        };
    }
}
