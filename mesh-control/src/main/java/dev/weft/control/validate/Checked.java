package dev.weft.control.validate;

import dev.weft.config.ConfigProblem;
import dev.weft.control.istio.Meta;
import dev.weft.control.istio.RefusedPolicy;
import dev.weft.control.istio.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document that was judged.
 *
 * @param meta kind, name and place, as far as written
 * @param verdict what becomes of it
 * @param resource what the control plane works with; null if invalid, or no resource of Istio
 * @param lock what stands in for an invalid document about security, so that it does not leave a door open; otherwise null
 * @param problems warnings too; each names file and line
 */
public record Checked(
        Meta meta,
        Verdict verdict,
        @Nullable Resource<?> resource,
        @Nullable Resource<RefusedPolicy> lock,
        List<ConfigProblem> problems) {
    public Checked {
        problems = List.copyOf(problems);
    }

    public boolean valid() {
        return verdict != Verdict.INVALID;
    }
}
