package dev.weft.settings;

import java.util.Collection;
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

    /**
     * What a framework has read in one of its places, under our names. Empty words do not count; maps and lists may be in one word.
     *
     * @param read by key below {@code mesh.}; what no setting is called by is for the caller to refuse
     * @param problems that the caller met
     */
    public static Layer collected(Map<String, Value> read, List<SettingProblem> problems) {
        Map<String, Value> values = new LinkedHashMap<>();
        read.forEach((key, value) -> Layers.put(values, key, value.text(), value.origin()));
        return new Layer(values, problems);
    }

    /**
     * The settings among environment variables, by their names here ({@code MESH_JOIN_TOKEN_FILE}); one that is nearly called like a
     * setting is a problem.
     *
     * @param others names of variables that somebody else reads
     */
    public static Layer ofVariables(Map<String, String> variables, Collection<String> others) {
        return Layers.variables(variables, others);
    }

    /** What was written in Java. */
    public static Layer ofBuilder(Map<String, String> written) {
        Map<String, Value> values = new LinkedHashMap<>();
        written.forEach((key, text) -> values.put(key, new Value(text, "the builder")));
        return new Layer(values, List.of());
    }
}
