package dev.weft.control.validate.rules;

import dev.weft.control.istio.Meta;
import dev.weft.control.istio.Problems;
import dev.weft.control.istio.YamlNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Annotations that change what a resource means. */
final class Annotations {
    private static final String DRY_RUN = "istio.io/dry-run";
    private static final String REJECT = "internal.istio.io/webhook-always-reject";
    private static final Set<String> BOOLEANS =
            Set.of("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False");

    private Annotations() {}

    static void check(Meta meta, @Nullable YamlNode spec, Problems problems) {
        String dryRun = meta.annotations().get(DRY_RUN);
        String path = "metadata.annotations." + DRY_RUN;
        if (dryRun != null && !meta.kind().equals("AuthorizationPolicy")) {
            problems.error(path, meta.line(), dryRun, "only an AuthorizationPolicy can be tried out this way");
        } else if (dryRun != null) {
            String action =
                    Place.of(spec, "spec", meta.line(), problems).get("action").text();
            if (!Set.of("", "ALLOW", "DENY").contains(action)) {
                problems.error(path, meta.line(), dryRun, "only the actions ALLOW and DENY can be tried out");
            } else if (!BOOLEANS.contains(dryRun)) {
                problems.error(path, meta.line(), dryRun, "true or false was expected");
            }
        }
        if (meta.annotations().containsKey(REJECT)) {
            problems.error("metadata.annotations." + REJECT, meta.line(), null, "asks to be refused");
        }
    }
}
