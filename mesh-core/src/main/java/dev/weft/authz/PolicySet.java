package dev.weft.authz;

import dev.weft.config.Rbac;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The policies of one {@link Rbac} made ready: finds the first, by name, that matches. Immutable. */
final class PolicySet {
    private final List<String> names = new ArrayList<>();
    private final Check[] permissions;
    private final Check[] principals;
    private final PolicyIndex index;
    private final boolean respelled;

    /** @param spelling applied to the texts that paths are compared with */
    PolicySet(Rbac said, UnaryOperator<String> spelling) {
        Checks checks = new Checks(spelling);
        List<Rbac.Policy> policies = new ArrayList<>();
        said.policies().forEach((name, policy) -> {
            names.add(name);
            policies.add(policy);
        });
        permissions = policies.stream()
                .map(policy -> checks.anyOf(policy.permissions()))
                .toArray(Check[]::new);
        principals = policies.stream()
                .map(policy -> checks.anyOf(policy.principals()))
                .toArray(Check[]::new);
        index = new PolicyIndex(policies, spelling);
        respelled = checks.respelled();
    }

    /** The name of the first policy that matches, or null. */
    @Nullable
    String match(Arrival arrival, String path) {
        int found = matchIndex(arrival, path);
        return found < 0 ? null : names.get(found);
    }

    private int matchIndex(Arrival arrival, String path) {
        PolicyIndex.Candidates candidates = index.candidates(arrival, path);
        for (int i = candidates.next(0); i >= 0; i = candidates.next(i + 1)) {
            if (permissions[i].holds(arrival, path) && principals[i].holds(arrival, path)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether some text reads other than it was said. */
    boolean respelled() {
        return respelled;
    }

    int size() {
        return names.size();
    }
}
