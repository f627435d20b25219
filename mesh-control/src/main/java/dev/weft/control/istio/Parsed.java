package dev.weft.control.istio;

import dev.weft.config.ConfigProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One document of a file.
 *
 * @param document position in the file, from 0
 * @param kind as written, or empty
 * @param name as written, or empty
 * @param line where it begins
 * @param resource null when it could not be read
 * @param problems what is wrong with it; an ERROR refuses it
 */
public record Parsed(
        int document,
        String kind,
        String name,
        int line,
        @Nullable Resource<?> resource,
        List<ConfigProblem> problems) {
    public Parsed {
        problems = List.copyOf(problems);
    }

    public boolean refused() {
        return resource == null
                || problems.stream().anyMatch(problem -> problem.severity() == ConfigProblem.Severity.ERROR);
    }
}
