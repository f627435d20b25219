package dev.weft.control.validate.schema;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One field of a message.
 *
 * @param name in camelCase
 * @param type what may stand there
 * @param oneOf name of the group of which at most one may be written, or null
 * @param required whether Kubernetes' schema demands it
 * @param min lowest number, shortest text or fewest elements that Kubernetes' schema admits, or null
 * @param max the highest, or null
 * @param unsupportedWords enum values that {@code unsupported} is about; empty = the field as such
 * @param unsupported why an in-process mesh does not honour it, or null: it does
 */
public record FieldSpec(
        String name,
        FieldType type,
        @Nullable String oneOf,
        boolean required,
        @Nullable Double min,
        @Nullable Double max,
        Set<String> unsupportedWords,
        @Nullable String unsupported) {
    public FieldSpec {
        unsupportedWords = Set.copyOf(unsupportedWords);
    }

    /** Whether writing the field with this text is beyond an in-process mesh. */
    boolean unsupported(String text) {
        return unsupported != null && (unsupportedWords.isEmpty() || unsupportedWords.contains(text));
    }
}
