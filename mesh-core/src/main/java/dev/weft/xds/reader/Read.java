package dev.weft.xds.reader;

import dev.weft.config.ConfigProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a resource.
 *
 * @param value null when an ERROR is among the problems; but a listener for requests that come in is then one that refuses them
 * @param problems errors and warnings, in the order of the fields
 */
public record Read<T>(@Nullable T value, List<ConfigProblem> problems) {
    public Read {
        problems = List.copyOf(problems);
    }

    static <T> Read<T> of(Problems problems, @Nullable T value) {
        return new Read<>(problems.refused() ? null : value, problems.list());
    }
}
