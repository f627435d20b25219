package dev.weft.control.validate;

import dev.weft.config.ConfigProblem;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.istio.Problems;
import dev.weft.control.validate.rules.Rules;
import dev.weft.control.validate.schema.Schema;
import dev.weft.control.validate.schema.SchemaCheck;
import java.util.ArrayList;
import java.util.List;

/** Judges a mesh configuration file: unknown fields are refused, known ones that a library has no use for are warned of. */
public final class MeshValidator {
    private MeshValidator() {}

    /**
     * Judges a text; an empty one has Istio's defaults.
     *
     * @param file name for messages
     */
    public static CheckedMesh check(String file, String text) {
        MeshConfig.Parsed parsed = MeshConfig.parse(file, text);
        if (parsed.root() == null) {
            Verdict verdict = parsed.problems().isEmpty() ? Verdict.HONOURED : Verdict.INVALID;
            return new CheckedMesh(parsed.config(), verdict, parsed.problems());
        }
        Problems problems = new Problems("MeshConfig", file);
        new SchemaCheck(Schema.ISTIO, problems).message("MeshConfig", parsed.root(), "", false);
        Rules.checkMesh(parsed.root(), problems);
        List<ConfigProblem> all = new ArrayList<>(problems.list());
        parsed.problems().stream()
                .filter(problem -> all.stream().noneMatch(other -> other.field().equals(problem.field())))
                .forEach(all::add);
        boolean refused = all.stream().anyMatch(problem -> problem.severity() == ConfigProblem.Severity.ERROR);
        Verdict verdict =
                refused ? Verdict.INVALID : SchemaCheck.unsupported(all) ? Verdict.UNSUPPORTED : Verdict.HONOURED;
        return new CheckedMesh(parsed.config(), verdict, all);
    }
}
