package dev.weft.control.validate.schema;

import dev.weft.control.validate.schema.FieldType.Base;
import dev.weft.control.validate.schema.FieldType.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalogue's own notation, a line each:
 *
 * <pre>
 * kind NAME [GROUP VERSION...] [-- why it is unsupported]
 * message NAME
 *   FIELD TYPE [oneof=GROUP] [required] [min=N] [max=N] [not=WORD|WORD] [-- why it is unsupported]
 * </pre>
 *
 * A type is {@code string}, {@code bool}, {@code int32}, {@code uint32}, {@code int64}, {@code uint64}, {@code double},
 * {@code bytes}, {@code duration}, {@code struct}, {@code enum(A|B)} or a message's name, followed by {@code []} for a list
 * or {@code {}} for a map; {@code uint32:TYPE{}} is a map with numbers for keys.
 */
final class SchemaReader {
    private final Map<String, KindSpec> kinds = new LinkedHashMap<>();
    private final Map<String, Map<String, FieldSpec>> messages = new LinkedHashMap<>();

    void read(String file, String text) {
        Map<String, FieldSpec> fields = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int dashes = line.indexOf(" -- ");
            String why = dashes < 0 ? null : line.substring(dashes + 4).strip();
            String[] words =
                    (dashes < 0 ? line : line.substring(0, dashes)).strip().split("\\s+");
            if (line.startsWith("kind ")) {
                String group = words.length > 2 ? words[2] : "";
                List<String> versions = List.of(words).subList(Math.min(3, words.length), words.length);
                kinds.put(words[1], new KindSpec(words[1], group, versions, why));
            } else if (line.startsWith("message ")) {
                fields = new LinkedHashMap<>();
                if (messages.putIfAbsent(words[1], fields) != null) {
                    throw new IllegalArgumentException(file + " has message " + words[1] + " a second time");
                }
            } else {
                fields.put(words[0], field(words, why));
            }
        }
    }

    Schema schema() {
        Map<String, MessageSpec> known = new LinkedHashMap<>();
        messages.forEach((name, fields) -> known.put(name, new MessageSpec(name, fields)));
        return new Schema(kinds, known);
    }

    private static FieldSpec field(String[] words, @Nullable String why) {
        String oneOf = null;
        boolean required = false;
        Double min = null;
        Double max = null;
        Set<String> not = Set.of();
        for (String word : List.of(words).subList(2, words.length)) {
            String value = word.substring(word.indexOf('=') + 1);
            switch (word.substring(0, Math.max(word.length() - value.length(), 0))) {
                case "oneof=" -> oneOf = value;
                case "min=" -> min = Double.valueOf(value);
                case "max=" -> max = Double.valueOf(value);
                case "not=" -> not = Set.of(value.split("\\|"));
                default -> {
                    if (!word.equals("required")) {
                        throw new IllegalArgumentException("the catalogue has no attribute " + word);
                    }
                    required = true;
                }
            }
        }
        return new FieldSpec(words[0], type(words[1]), oneOf, required, min, max, not, why);
    }

    private static FieldType type(String text) {
        Shape shape = text.endsWith("[]") ? Shape.LIST : text.endsWith("{}") ? Shape.MAP : Shape.ONE;
        String one = shape == Shape.ONE ? text : text.substring(0, text.length() - 2);
        Base key = one.startsWith("uint32:") ? Base.UINT32 : Base.STRING;
        one = key == Base.UINT32 ? one.substring("uint32:".length()) : one;
        if (one.startsWith("enum(")) {
            List<String> values = List.of(one.substring(5, one.length() - 1).split("\\|"));
            return new FieldType(Base.ENUM, shape, key, null, values);
        }
        if (Character.isUpperCase(one.charAt(0))) {
            return new FieldType(Base.MESSAGE, shape, key, one, List.of());
        }
        return new FieldType(Base.valueOf(one.toUpperCase(Locale.ROOT)), shape, key, null, List.of());
    }
}
