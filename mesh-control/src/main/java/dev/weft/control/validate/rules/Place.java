package dev.weft.control.validate.rules;

import dev.weft.control.istio.Durations;
import dev.weft.control.istio.Names;
import dev.weft.control.istio.Problems;
import dev.weft.control.istio.ScalarKind;
import dev.weft.control.istio.YamlNode;
import dev.weft.control.validate.schema.SchemaCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in a resource, whether something stands there or not, so that rules can speak of both. Values of the wrong type read
 * as nothing: their type was complained about before.
 */
final class Place {
    private final @Nullable YamlNode node;
    private final String path;
    private final int line;
    private final Problems problems;

    private Place(@Nullable YamlNode node, String path, int line, Problems problems) {
        this.node = node instanceof YamlNode.Scalar scalar && scalar.isNull() ? null : node;
        this.path = path;
        this.line = line;
        this.problems = problems;
    }

    static Place of(@Nullable YamlNode node, String path, int line, Problems problems) {
        return new Place(node, path, line, problems);
    }

    /** The field of that name, in camelCase; snake_case is found too. */
    Place get(String name) {
        String at = path.isEmpty() ? name : path + "." + name;
        if (!(node instanceof YamlNode.Mapping mapping)) {
            return new Place(null, at, line, problems);
        }
        YamlNode.Entry entry = mapping.fields().get(name);
        if (entry == null) {
            entry = mapping.fields().get(Names.snakeCase(name));
        }
        return entry == null
                ? new Place(null, at, line, problems)
                : new Place(entry.value(), at, entry.line(), problems);
    }

    /** Elements of a list; a null among them is an element where nothing stands. */
    List<Place> items() {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            return List.of();
        }
        List<Place> items = new ArrayList<>();
        for (YamlNode element : sequence.elements()) {
            items.add(new Place(element, path + "[" + items.size() + "]", element.line(), problems));
        }
        return items;
    }

    /** Fields of a mapping by key, as written. */
    Map<String, Place> entries() {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            return Map.of();
        }
        Map<String, Place> entries = new LinkedHashMap<>();
        mapping.fields()
                .forEach((key, entry) ->
                        entries.put(key, new Place(entry.value(), path + "[" + key + "]", entry.line(), problems)));
        return entries;
    }

    boolean present() {
        return node != null;
    }

    /** Something that says anything: neither absent nor an empty list, mapping or text. */
    boolean filled() {
        return !text().isEmpty() || !items().isEmpty() || !entries().isEmpty();
    }

    /** Elements as texts. */
    List<String> texts() {
        return items().stream().map(Place::text).toList();
    }

    String text() {
        return node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    }

    boolean is(String text) {
        return text().equals(text);
    }

    /** The number that stands here, 0 if there is none. */
    double number() {
        try {
            return Double.parseDouble(text().replace("_", ""));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    boolean flag() {
        return node instanceof YamlNode.Scalar scalar
                && ScalarKind.of(scalar) == ScalarKind.BOOL
                && ScalarKind.isTrue(scalar);
    }

    @Nullable
    Duration duration() {
        return Durations.parse(text());
    }

    void error(String expectation) {
        problems.error(path, line, node instanceof YamlNode.Scalar scalar ? scalar.text() : null, expectation);
    }

    void warning(String expectation) {
        problems.warning(path, line, node instanceof YamlNode.Scalar scalar ? scalar.text() : null, expectation);
    }

    /** Valid, and beyond an in-process mesh. */
    void unsupported(String why) {
        warning(SchemaCheck.UNSUPPORTED + why);
    }

    /** What is written here, in one line, without the field of that name; equal texts mean the same. */
    String written(String without) {
        StringBuilder out = new StringBuilder();
        entries().forEach((key, value) -> {
            if (!key.equals(without)) {
                out.append(key).append('=').append(value.plain()).append(';');
            }
        });
        return out.toString();
    }

    private String plain() {
        if (node instanceof YamlNode.Mapping) {
            return "{" + written("") + "}";
        }
        return node instanceof YamlNode.Sequence
                ? items().stream().map(Place::plain).toList().toString()
                : "\"" + text() + "\"";
    }

    Problems problems() {
        return problems;
    }

    /** An error if that is not nothing. */
    void error(Optional<String> expectation) {
        expectation.ifPresent(this::error);
    }
}
