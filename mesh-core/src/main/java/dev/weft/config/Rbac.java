package dev.weft.config;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Policies of one action.
 *
 * @param action what a match means
 * @param policies by name; tried in the order of their names, as Envoy does
 */
public record Rbac(Action action, SortedMap<String, Policy> policies) {
    public Rbac {
        policies = Collections.unmodifiableSortedMap(new TreeMap<>(policies));
    }

    /** What a match means. */
    public enum Action {
        /** Whoever matches some policy is let in, nobody else. */
        ALLOW,
        /** Whoever matches some policy is kept out, everybody else is let in. */
        DENY,
        /** Whoever matches is noted; everybody is let in. */
        LOG
    }

    /**
     * Matches if some permission and some principal do.
     *
     * @param permissions about what is asked for
     * @param principals about who asks
     */
    public record Policy(List<AccessCondition> permissions, List<AccessCondition> principals) {
        public Policy {
            permissions = List.copyOf(permissions);
            principals = List.copyOf(principals);
            if (permissions.isEmpty() || principals.isEmpty()) {
                throw new IllegalArgumentException("a policy has a permission and a principal at least");
            }
        }
    }
}
