package dev.weft.authz;

import dev.weft.config.Rbac;
import dev.weft.config.Rbac.Action;
import dev.weft.config.RbacStage;
import dev.weft.match.CanonicalPath;
import dev.weft.request.LocalReply;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An {@link RbacStage} made ready. A path that can be spelled in another way for the same resource is judged in all its spellings, so
 * that no rule is passed by writing {@code %3A} for a colon: a DENY that matches one of them denies, an ALLOW has to match each.
 * Immutable.
 */
public final class RbacRules implements Stage {
    private final @Nullable Enforced rules;
    private final @Nullable Shadow shadow;

    private RbacRules(RbacStage said) {
        Rbac decisive = said.rules();
        Rbac tried = said.shadow();
        rules = decisive == null ? null : new Enforced(decisive);
        shadow = tried == null ? null : new Shadow(tried, said.shadowPrefix());
    }

    public static RbacRules compile(RbacStage said) {
        return new RbacRules(said);
    }

    @Override
    public CompletionStage<@Nullable LocalReply> judge(Arrival arrival) {
        if (shadow != null) {
            shadow.note(arrival);
        }
        LocalReply denial = rules == null ? null : rules.denial(arrival);
        return denial == null ? PASS : Stage.refuse(denial);
    }

    /** The policies of one action, for each spelling of the path. */
    static final class Spelled {
        final Action action;
        private final PolicySet written;
        private final PolicySet canonical;

        Spelled(Rbac said) {
            action = said.action();
            written = new PolicySet(said, UnaryOperator.identity());
            canonical = new PolicySet(said, CanonicalPath::of);
        }

        /** The policy that decides, or null: none matches as it would have to. */
        @Nullable
        String match(Arrival arrival) {
            String path = arrival.path();
            String found = written.match(arrival, path);
            // Who is let in must be on every path, who is kept out on one: so this is for how long it goes on.
            boolean every = action == Action.ALLOW;
            String spelled = arrival.canonicalPath();
            if ((found != null) == every && (canonical.respelled() || !spelled.equals(path))) {
                found = canonical.match(arrival, spelled);
            }
            String dispatched = arrival.dispatchedPath();
            if ((found != null) == every && dispatched != null) {
                found = canonical.match(arrival, dispatched);
            }
            return found;
        }

        boolean lets(@Nullable String policy) {
            return action == Action.LOG || (policy == null) == (action == Action.DENY);
        }

        int size() {
            return written.size();
        }
    }

    /** Rules that decide. */
    private static final class Enforced {
        private final Spelled policies;

        Enforced(Rbac said) {
            policies = new Spelled(said);
        }

        @Nullable
        LocalReply denial(Arrival arrival) {
            if (policies.action == Action.LOG) {
                audit(arrival);
                return null;
            }
            String policy;
            try {
                policy = policies.match(arrival);
            } catch (RuntimeException | StackOverflowError e) {
                return Denial.because(
                        "an authorization rule could not be judged, so nobody is let in: " + e.getMessage());
            }
            if (policies.lets(policy)) {
                if (policy != null) {
                    arrival.allowedBy(policy);
                }
                return null;
            }
            return Denial.because(
                    policy != null
                            ? "denied by " + policy
                            : "no ALLOW policy of " + policies.size() + " matches caller "
                                    + arrival.caller().getName());
        }

        private void audit(Arrival arrival) {
            String policy;
            try {
                policy = policies.match(arrival);
            } catch (RuntimeException | StackOverflowError e) {
                arrival.remark("audit failed: " + e.getMessage());
                return;
            }
            arrival.note("envoy.common", "access_log_hint", policy != null);
            if (policy != null) {
                arrival.remark("audited by " + policy);
            }
        }
    }

    /** Rules that are only tried: they decide nothing, not even by failing. */
    private static final class Shadow {
        private final Spelled policies;
        private final String effectiveKey;
        private final String resultKey;
        // Dry runs are for people; what selects the requests of a CUSTOM policy is for the next stage only.
        private final boolean dryRun;

        Shadow(Rbac said, String prefix) {
            policies = new Spelled(said);
            effectiveKey = prefix + RbacStage.EFFECTIVE_POLICY;
            resultKey = prefix + RbacStage.RESULT;
            dryRun = !prefix.startsWith("istio_ext_authz_");
        }

        void note(Arrival arrival) {
            String policy;
            try {
                policy = policies.match(arrival);
            } catch (RuntimeException | StackOverflowError e) {
                if (!dryRun) {
                    throw e;
                }
                arrival.remark("dry run failed: " + e.getMessage());
                return;
            }
            boolean lets = policies.lets(policy);
            if (policy != null) {
                arrival.note(RbacStage.METADATA, effectiveKey, policy);
            }
            arrival.note(RbacStage.METADATA, resultKey, lets ? RbacStage.ALLOWED : RbacStage.DENIED);
            if (dryRun) {
                arrival.remark("dry run: " + (lets ? "allowed" : "denied") + (policy == null ? "" : " by " + policy));
            }
        }
    }
}
