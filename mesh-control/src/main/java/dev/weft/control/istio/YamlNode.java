package dev.weft.control.istio;

import java.util.List;
import java.util.Map;

/** A piece of YAML with the line it stands on, counted from 1. */
public sealed interface YamlNode {

    int line();

    /** What people call such a piece. */
    String describe();

    /**
     * A single value as it was written.
     *
     * @param text unquoted
     * @param quoted whether it stood in quotes, and therefore is a string whatever it looks like
     */
    record Scalar(String text, boolean quoted, int line) implements YamlNode {
        /** An empty plain scalar, {@code null} or {@code ~}: the same as an absent field. */
        public boolean isNull() {
            return ScalarKind.of(this) == ScalarKind.NULL;
        }

        @Override
        public String describe() {
            return "\"" + text + "\"";
        }
    }

    /** Fields by name, in order. */
    record Mapping(Map<String, Entry> fields, int line) implements YamlNode {
        @Override
        public String describe() {
            return "a mapping";
        }
    }

    /** Elements in order. */
    record Sequence(List<YamlNode> elements, int line) implements YamlNode {
        @Override
        public String describe() {
            return "a list";
        }
    }

    /**
     * A field's value.
     *
     * @param line where the name stands
     */
    record Entry(YamlNode value, int line) {}
}
