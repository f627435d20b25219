package dev.weft.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One place that settings come from, in its raw words.
 *
 * @param values by key below {@code mesh.}; entries of maps have keys of their own: {@code labels.team}
 * @param problems met while it was read
 */
public record Layer(Map<String, Value> values, List<SettingProblem> problems) {
    /** Says nothing. */
    public static final Layer EMPTY = new Layer(Map.of(), List.of());

    public Layer {
        values = new LinkedHashMap<>(values);
        problems = List.copyOf(problems);
    }

    /**
     * A word and who said it.
     *
     * @param origin for people: {@code MESH_CONTROL_PLANE}, {@code mesh.yaml:3}, {@code .controlPlane(...)}
     */
    public record Value(String text, String origin) {}

    /** What was written in Java. */
    public static Layer ofBuilder(Map<String, String> written) {
        Map<String, Value> values = new LinkedHashMap<>();
        written.forEach((key, text) -> values.put(key, new Value(text, "the builder")));
        return new Layer(values, List.of());
    }
}
