package dev.weft.control.validate;

import dev.weft.config.ConfigProblem;
import dev.weft.control.istio.MeshConfig;
import java.util.List;

/**
 * A mesh configuration that was judged.
 *
 * @param config to be used only if {@code valid}
 * @param verdict what becomes of it
 * @param problems warnings too
 */
public record CheckedMesh(MeshConfig config, Verdict verdict, List<ConfigProblem> problems) {
    public CheckedMesh {
        problems = List.copyOf(problems);
    }

    public boolean valid() {
        return verdict != Verdict.INVALID;
    }
}
