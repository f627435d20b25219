package dev.weft.control.cli;

import dev.weft.config.ConfigProblem;
import dev.weft.control.validate.Checked;
import dev.weft.control.validate.CheckedFile;
import dev.weft.control.validate.CheckedMesh;
import dev.weft.control.validate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A verdict as it is printed: a line of JSON, or of a table. The names are the format.
 *
 * @param file as it was named
 * @param doc position in the file, from 0
 * @param kind as written, empty if there is none
 * @param name as written, empty if there is none
 * @param valid whether it is accepted
 * @param verdict honoured, unsupported or invalid
 * @param problems what is to say about it
 */
record Judgement(String file, int doc, String kind, String name, boolean valid, String verdict, List<Said> problems) {
    /**
     * One problem.
     *
     * @param severity error or warning
     * @param line from 1, 0 if it is about the whole
     * @param field path of the field, empty for the whole document
     * @param message what was expected, and what was found
     */
    record Said(String severity, int line, String field, String message) {
        static Said of(ConfigProblem problem) {
            String value = problem.value();
            return new Said(
                    problem.severity().name().toLowerCase(Locale.ROOT),
                    problem.origin() == null ? 0 : problem.origin().line(),
                    problem.field(),
                    value == null || value.isEmpty()
                            ? problem.expectation()
                            : problem.expectation() + " (found " + value + ")");
        }
    }

    /** A judgement for each document; what is wrong with the file as a whole is one more, behind them. */
    static List<Judgement> of(String file, CheckedFile checked) {
        List<Judgement> all = new ArrayList<>();
        int next = 0;
        for (Checked document : checked.documents()) {
            next = document.meta().document() + 1;
            all.add(new Judgement(
                    file,
                    document.meta().document(),
                    document.meta().kind(),
                    document.meta().name(),
                    document.valid(),
                    document.verdict().toString(),
                    said(document.problems())));
        }
        if (!checked.problems().isEmpty()) {
            all.add(new Judgement(file, next, "", "", false, Verdict.INVALID.toString(), said(checked.problems())));
        }
        return all;
    }

    static Judgement of(String file, CheckedMesh mesh) {
        return new Judgement(
                file, 0, "MeshConfig", "", mesh.valid(), mesh.verdict().toString(), said(mesh.problems()));
    }

    /** Problems between files; the place is part of the words. */
    static List<Said> across(List<ConfigProblem> problems) {
        return problems.stream()
                .map(problem -> new Said(
                        problem.severity().name().toLowerCase(Locale.ROOT), 0, problem.field(), problem.toString()))
                .toList();
    }

    private static List<Said> said(List<ConfigProblem> problems) {
        return problems.stream().map(Said::of).toList();
    }
}
