package dev.weft.control.istio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one mapping by name and type, in camelCase or snake_case as protojson allows. Absent fields are null;
 * wrong types are reported and read as absent. {@link #end} reports what nobody asked for.
 */
final class Fields {
    private final YamlNode.Mapping mapping;
    private final String path;
    private final Problems problems;
    private final Set<String> asked = new TreeSet<>();
    private final Set<String> read = new HashSet<>();

    private Fields(YamlNode.Mapping mapping, String path, Problems problems) {
        this.mapping = mapping;
        this.path = path;
        this.problems = problems;
    }

    /** The fields of a node; a problem and no fields if it is no mapping. */
    static Fields of(YamlNode node, String path, Problems problems) {
        if (node instanceof YamlNode.Mapping mapping) {
            return new Fields(mapping, path, problems);
        }
        if (!(node instanceof YamlNode.Scalar scalar && scalar.isNull())) {
            problems.error(path, node.line(), node.describe(), "fields were expected here");
        }
        return new Fields(new YamlNode.Mapping(Map.of(), node.line()), path, problems);
    }

    /** No fields at all: what is read of them is absent. */
    static Fields none() {
        return new Fields(new YamlNode.Mapping(Map.of(), 0), "", new Problems("", ""));
    }

    int line() {
        return mapping.line();
    }

    /** Line of a field's name; that of the mapping if it is absent. */
    int line(String name) {
        YamlNode.Entry entry = entry(name);
        return entry == null ? line() : entry.line();
    }

    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    Problems problems() {
        return problems;
    }

    boolean has(String name) {
        return value(name) != null;
    }

    /** Names of all fields that are there, as written. */
    Set<String> names() {
        return mapping.fields().keySet();
    }

    void error(String name, String expectation) {
        YamlNode value = value(name);
        problems.error(path(name), line(name), value instanceof YamlNode.Scalar s ? s.text() : null, expectation);
    }

    /** The raw node of a field, or null. */
    @Nullable
    YamlNode node(String name) {
        return value(name);
    }

    @Nullable
    String string(String name) {
        YamlNode.Scalar scalar = scalar(name, "a text");
        return scalar == null ? null : scalar.text();
    }

    String string(String name, String otherwise) {
        String text = string(name);
        return text == null ? otherwise : text;
    }

    @Nullable
    Boolean bool(String name) {
        YamlNode.Scalar scalar = scalar(name, "true or false");
        if (scalar == null) {
            return null;
        }
        if (ScalarKind.of(scalar) != ScalarKind.BOOL) {
            error(name, "true or false was expected");
            return null;
        }
        return ScalarKind.isTrue(scalar);
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(bool(name));
    }

    @Nullable
    Long integer(String name, long min, long max) {
        YamlNode.Scalar scalar = scalar(name, "a whole number");
        if (scalar == null) {
            return null;
        }
        try {
            double value = Double.parseDouble(scalar.text());
            if (value == Math.rint(value) && value >= min && value <= max) {
                return (long) value;
            }
        } catch (NumberFormatException e) {
            // Said below, with the range.
        }
        error(name, "a whole number from " + min + " to " + max + " was expected");
        return null;
    }

    /** An unsigned 32-bit number. */
    @Nullable
    Long unsigned(String name) {
        return integer(name, 0, 0xFFFF_FFFFL);
    }

    @Nullable
    Integer int32(String name) {
        Long value = integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
        return value == null ? null : value.intValue();
    }

    @Nullable
    Double number(String name) {
        YamlNode.Scalar scalar = scalar(name, "a number");
        if (scalar == null) {
            return null;
        }
        try {
            return Double.valueOf(scalar.text());
        } catch (NumberFormatException e) {
            error(name, "a number was expected");
            return null;
        }
    }

    @Nullable
    Duration duration(String name) {
        YamlNode.Scalar scalar = scalar(name, "a duration such as 1.5s");
        if (scalar == null) {
            return null;
        }
        Duration duration = Durations.parse(scalar.text());
        if (duration == null) {
            error(name, "a duration such as 1.5s, 300ms or 1h was expected");
        }
        return duration;
    }

    /** One of an enum's names, or its number as protojson accepts it. */
    <E extends Enum<E>> @Nullable E oneOf(String name, Class<E> type) {
        YamlNode.Scalar scalar = scalar(name, "one of " + List.of(type.getEnumConstants()));
        if (scalar == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(scalar.text())) {
                return constant;
            }
        }
        error(name, "one of " + List.of(type.getEnumConstants()) + " was expected");
        return null;
    }

    /** A nested message, read and checked to its end; null if absent. */
    <T> @Nullable T message(String name, Function<Fields, T> reader) {
        YamlNode node = value(name);
        if (node == null) {
            return null;
        }
        return element(node, path(name), reader);
    }

    /** Repeated messages; empty if absent. */
    <T> List<T> messages(String name, Function<Fields, T> reader) {
        List<T> list = new ArrayList<>();
        List<YamlNode> elements = elements(name);
        for (int i = 0; i < elements.size(); i++) {
            list.add(element(elements.get(i), path(name) + "[" + i + "]", reader));
        }
        return list;
    }

    /** Messages by key; empty if absent. */
    <T> Map<String, T> messageMap(String name, Function<Fields, T> reader) {
        Map<String, T> map = new LinkedHashMap<>();
        if (value(name) instanceof YamlNode.Mapping fields) {
            fields.fields()
                    .forEach(
                            (key, entry) -> map.put(key, element(entry.value(), path(name) + "[" + key + "]", reader)));
        } else if (has(name)) {
            error(name, "a mapping was expected");
        }
        return map;
    }

    private <T> T element(YamlNode node, String at, Function<Fields, T> reader) {
        Fields fields = Fields.of(node, at, problems);
        T value = reader.apply(fields);
        fields.end();
        return value;
    }

    /** Repeated texts; empty if absent. */
    List<String> strings(String name) {
        List<String> list = new ArrayList<>();
        List<YamlNode> elements = elements(name);
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
                list.add(scalar.text());
            } else {
                problems.error(path(name) + "[" + i + "]", elements.get(i).line(), null, "a text was expected");
            }
        }
        return list;
    }

    /** Repeated numbers; empty if absent. */
    List<Long> numbers(String name) {
        List<Long> list = new ArrayList<>();
        for (String text : strings(name)) {
            try {
                list.add(Long.valueOf(text));
            } catch (NumberFormatException e) {
                error(name, "whole numbers were expected, \"" + text + "\" is none");
            }
        }
        return list;
    }

    /** Texts by key; empty if absent. */
    Map<String, String> stringMap(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        YamlNode node = value(name);
        if (node instanceof YamlNode.Mapping fields) {
            fields.fields().forEach((key, entry) -> {
                if (entry.value() instanceof YamlNode.Scalar scalar) {
                    map.put(key, scalar.isNull() ? "" : scalar.text());
                } else {
                    problems.error(path(name) + "." + key, entry.line(), null, "a text was expected");
                }
            });
        } else if (node != null) {
            error(name, "a mapping of texts was expected");
        }
        return map;
    }

    /** Accepts a field without reading what is in it. */
    void skip(String... names) {
        for (String name : names) {
            value(name);
        }
    }

    /** Reports every field that was not asked for, with the nearest name that could have been meant. */
    void end() {
        for (Map.Entry<String, YamlNode.Entry> field : mapping.fields().entrySet()) {
            if (!read.contains(field.getKey())) {
                problems.error(
                        path(field.getKey()),
                        field.getValue().line(),
                        null,
                        "unknown field" + Names.hint(field.getKey(), asked));
            }
        }
    }

    private YamlNode.@Nullable Scalar scalar(String name, String expected) {
        YamlNode node = value(name);
        if (node == null) {
            return null;
        }
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar;
        }
        problems.error(path(name), line(name), node.describe(), expected + " was expected");
        return null;
    }

    private List<YamlNode> elements(String name) {
        YamlNode node = value(name);
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.elements();
        }
        if (node != null) {
            problems.error(path(name), line(name), node.describe(), "a list was expected");
        }
        return List.of();
    }

    private @Nullable YamlNode value(String name) {
        asked.add(name);
        YamlNode.Entry entry = entry(name);
        return entry == null || entry.value() instanceof YamlNode.Scalar scalar && scalar.isNull()
                ? null
                : entry.value();
    }

    private YamlNode.@Nullable Entry entry(String name) {
        YamlNode.Entry entry = mapping.fields().get(name);
        if (entry != null) {
            read.add(name);
            return entry;
        }
        String snake = Names.snakeCase(name);
        YamlNode.Entry other = mapping.fields().get(snake);
        if (other != null) {
            read.add(snake);
        }
        return other;
    }
}
