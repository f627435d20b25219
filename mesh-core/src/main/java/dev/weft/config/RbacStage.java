package dev.weft.config;

import org.jspecify.annotations.Nullable;

/**
 * Rules that let in or keep out, and rules that are only tried.
 *
 * @param rules those that decide; null = none, everybody passes
 * @param shadow those whose result is only noted: dry runs, and what selects the requests of CUSTOM policies; or null
 * @param shadowPrefix what the keys begin with under which the result of {@code shadow} is noted
 */
public record RbacStage(@Nullable Rbac rules, @Nullable Rbac shadow, String shadowPrefix) implements InboundStage {
    /** Metadata under which results are noted: Envoy's name of the filter. */
    public static final String METADATA = "envoy.filters.http.rbac";

    /** After the prefix: the name of the policy that matched; absent if none did. */
    public static final String EFFECTIVE_POLICY = "shadow_effective_policy_id";

    /** After the prefix: {@link #ALLOWED} or {@link #DENIED}. */
    public static final String RESULT = "shadow_engine_result";

    public static final String ALLOWED = "allowed";
    public static final String DENIED = "denied";
}
