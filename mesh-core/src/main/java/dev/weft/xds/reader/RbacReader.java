package dev.weft.xds.reader;

import dev.weft.config.AccessCondition;
import dev.weft.config.Rbac;
import dev.weft.config.RbacStage;
import dev.weft.proto.envoy.config.rbac.v3.Policy;
import dev.weft.proto.envoy.config.rbac.v3.RBAC;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code RBAC}, the filters of both kinds and the rules in them. */
final class RbacReader {
    private static final KnownFields HTTP = KnownFields.of(
                    dev.weft.proto.envoy.extensions.filters.http.rbac.v3.RBAC.getDescriptor())
            .honours("rules", "shadow_rules", "shadow_rules_stat_prefix")
            .skips("rules_stat_prefix", "track_per_rule_stats");
    private static final KnownFields NETWORK = KnownFields.of(
                    dev.weft.proto.envoy.extensions.filters.network.rbac.v3.RBAC.getDescriptor())
            .honours("rules", "shadow_rules", "shadow_rules_stat_prefix")
            // Each request is judged, so a connection needs no second look; and a refusal is an answer, which is not
            // put off.
            .skips("stat_prefix", "enforcement_type", "delay_deny");
    private static final KnownFields RULES =
            KnownFields.of(RBAC.getDescriptor()).honours("action", "policies");
    private static final KnownFields POLICY =
            KnownFields.of(Policy.getDescriptor()).honours("permissions", "principals");

    private RbacReader() {}

    static RbacStage read(dev.weft.proto.envoy.extensions.filters.http.rbac.v3.RBAC found, Place place) {
        HTTP.check(found, place);
        return new RbacStage(
                found.hasRules() ? rules(found.getRules(), place.at("rules")) : null,
                found.hasShadowRules() ? rules(found.getShadowRules(), place.at("shadow_rules")) : null,
                found.getShadowRulesStatPrefix());
    }

    static RbacStage read(dev.weft.proto.envoy.extensions.filters.network.rbac.v3.RBAC found, Place place) {
        NETWORK.check(found, place);
        return new RbacStage(
                found.hasRules() ? rules(found.getRules(), place.at("rules")) : null,
                found.hasShadowRules() ? rules(found.getShadowRules(), place.at("shadow_rules")) : null,
                found.getShadowRulesStatPrefix());
    }

    private static @Nullable Rbac rules(RBAC found, Place place) {
        RULES.check(found, place);
        Rbac.Action action = action(found, place);
        TreeMap<String, Rbac.Policy> policies = new TreeMap<>();
        found.getPoliciesMap().forEach((name, policy) -> {
            Rbac.Policy read = policy(policy, place.at("policies", name));
            if (read != null) {
                policies.put(name, read);
            }
        });
        return action == null ? null : new Rbac(action, policies);
    }

    private static Rbac.@Nullable Action action(RBAC found, Place place) {
        switch (found.getAction()) {
            case ALLOW:
                return Rbac.Action.ALLOW;
            case DENY:
                return Rbac.Action.DENY;
            case LOG:
                return Rbac.Action.LOG;
            default:
                place.refuse("action", found.getActionValue(), "ALLOW, DENY or LOG");
                return null;
        }
    }

    private static Rbac.@Nullable Policy policy(Policy found, Place place) {
        POLICY.check(found, place);
        List<AccessCondition> permissions = new ArrayList<>();
        for (int i = 0; i < found.getPermissionsCount(); i++) {
            add(permissions, PermissionReader.read(found.getPermissions(i), place.at("permissions", i)));
        }
        List<AccessCondition> principals = new ArrayList<>();
        for (int i = 0; i < found.getPrincipalsCount(); i++) {
            add(principals, PrincipalReader.read(found.getPrincipals(i), place.at("principals", i)));
        }
        if (found.getPermissionsCount() == 0 || found.getPrincipalsCount() == 0) {
            place.refuse(null, "a permission and a principal at least");
        }
        // Whatever is missing has been refused by name.
        return permissions.isEmpty() || principals.isEmpty() ? null : new Rbac.Policy(permissions, principals);
    }

    private static void add(List<AccessCondition> list, @Nullable AccessCondition condition) {
        if (condition != null) {
            list.add(condition);
        }
    }
}
