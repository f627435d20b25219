package dev.weft.control.validate.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in a field.
 *
 * @param base of one value
 * @param shape how many
 * @param mapKey of a map: {@link Base#STRING} or {@link Base#UINT32}
 * @param message for {@link Base#MESSAGE}: its name; null otherwise
 * @param words for {@link Base#ENUM}: the values by name
 */
public record FieldType(
        Base base, Shape shape, Base mapKey, @Nullable String message, List<String> words) {

    /** Type of a single value. */
    public enum Base {
        STRING,
        BOOL,
        INT32,
        UINT32,
        INT64,
        UINT64,
        DOUBLE,
        BYTES,
        DURATION,
        /** Any YAML. */
        STRUCT,
        ENUM,
        MESSAGE
    }

    /** How many values. */
    public enum Shape {
        ONE,
        LIST,
        MAP
    }

    public FieldType {
        words = List.copyOf(words);
    }

    /** As people read it: {@code string[]}, {@code StringMatch{}}. */
    @Override
    public String toString() {
        String one = message != null
                ? message
                : base == Base.ENUM ? String.join(" | ", words) : base.name().toLowerCase(java.util.Locale.ROOT);
        return switch (shape) {
            case ONE -> one;
            case LIST -> one + "[]";
            case MAP -> one + "{}";
        };
    }
}
