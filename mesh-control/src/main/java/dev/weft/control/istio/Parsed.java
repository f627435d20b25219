package dev.weft.control.istio;

import dev.weft.config.ConfigProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One document of a file.
 *
 * @param document position in the file, from 0
 * @param apiVersion as written, or empty
 * @param kind as written, or empty
 * @param meta name, place and the like, as far as written
 * @param root the whole document
 * @param resource null when it is no resource of Istio or could not be read
 * @param problems what is wrong with it; an ERROR refuses it
 */
public record Parsed(
        int document,
        String apiVersion,
        String kind,
        Meta meta,
        YamlNode root,
        @Nullable Resource<?> resource,
        List<ConfigProblem> problems) {
    public Parsed {
        problems = List.copyOf(problems);
    }

    public String name() {
        return meta.name();
    }

    /** Where it begins. */
    public int line() {
        return meta.line();
    }

    /** Written with a kind and an API group that are not Istio's: a Kubernetes Service, for example. */
    public boolean foreign() {
        return !kind.isEmpty() && !apiVersion.isEmpty() && !Kinds.istioGroup(apiVersion);
    }

    /** The {@code spec}, or null if there is none. */
    public @Nullable YamlNode spec() {
        YamlNode.Entry entry =
                root instanceof YamlNode.Mapping mapping ? mapping.fields().get("spec") : null;
        return entry == null ? null : entry.value();
    }

    public boolean refused() {
        return resource == null
                || problems.stream().anyMatch(problem -> problem.severity() == ConfigProblem.Severity.ERROR);
    }
}
