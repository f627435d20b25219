package dev.weft.control.validate;

import dev.weft.config.ConfigProblem;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file that was judged.
 *
 * @param documents those that could be read, in order
 * @param problems of the file as a whole: no YAML, or too much of it; any of them refuses the file
 */
public record CheckedFile(List<Checked> documents, List<ConfigProblem> problems) {
    public CheckedFile {
        documents = List.copyOf(documents);
        problems = List.copyOf(problems);
    }

    /** Whether everything in it is valid. */
    public boolean valid() {
        return problems.isEmpty() && documents.stream().allMatch(Checked::valid);
    }

    /** All that is to say about it. */
    public List<ConfigProblem> allProblems() {
        return Stream.concat(problems.stream(), documents.stream().flatMap(document -> document.problems().stream()))
                .toList();
    }
}
