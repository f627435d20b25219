package dev.weft.control.validate.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The catalogue as a document for people: every field of every kind with its verdict. */
public final class FieldTable {
    private static final String HEAD = """
            # Fields of Istio's API, and what becomes of them

            Generated from the catalogue that validation itself uses (`FieldTable` from the `*.fields` files of mesh-control); a
            test fails when the two differ. How to read it, and what a table cannot say, is in
            [istio-support.md](istio-support.md).

            **honoured**: has its effect. **unsupported**: valid, accepted, and reported with the reason; `meshctl validate`
            prints the same words. A field that is in no table is refused as unknown.
            """;

    private final Schema schema;
    private final StringBuilder out = new StringBuilder(HEAD);
    private final Set<String> written = new HashSet<>();

    private FieldTable(Schema schema) {
        this.schema = schema;
    }

    /** The document, in Markdown. */
    public static String markdown(Schema schema) {
        FieldTable table = new FieldTable(schema);
        table.overview();
        schema.kinds().values().stream()
                .filter(kind -> kind.unsupported() == null)
                .forEach(table::kind);
        return table.out.toString();
    }

    private void overview() {
        out.append("\n| kind | API | verdict |\n|---|---|---|\n");
        for (KindSpec kind : schema.kinds().values()) {
            String api = kind.group().isEmpty() ? "a file" : kind.group() + " " + String.join(", ", kind.versions());
            String why = kind.unsupported();
            out.append("| ").append(kind.name()).append(" | ").append(api).append(" | ");
            out.append(why == null ? "by field, below" : "unsupported: " + why).append(" |\n");
        }
    }

    private void kind(KindSpec kind) {
        out.append("\n## ").append(kind.name()).append('\n');
        Deque<String> messages = new ArrayDeque<>(Set.of(kind.name()));
        while (!messages.isEmpty()) {
            String name = messages.poll();
            if (written.add(name)) {
                message(kind, schema.message(name), messages);
            }
        }
    }

    private void message(KindSpec kind, MessageSpec message, Deque<String> further) {
        if (!message.name().equals(kind.name())) {
            out.append("\n### ").append(message.name()).append('\n');
        }
        out.append("\n| field | type | verdict |\n|---|---|---|\n");
        for (Map.Entry<String, FieldSpec> field : message.fields().entrySet()) {
            FieldSpec spec = field.getValue();
            out.append("| ").append(field.getKey()).append(" | ");
            out.append(spec.type().toString().replace("|", "\\|"));
            out.append(" | ").append(verdict(spec)).append(" |\n");
            boolean whole =
                    spec.unsupported() != null && spec.unsupportedWords().isEmpty();
            if (spec.type().message() != null && !whole) {
                further.add(spec.type().message());
            }
        }
    }

    private static String verdict(FieldSpec field) {
        if (field.unsupported() == null) {
            return "honoured";
        }
        return field.unsupportedWords().isEmpty()
                ? "unsupported: " + field.unsupported()
                : "honoured, but unsupported for " + String.join(", ", new TreeSet<>(field.unsupportedWords())) + ": "
                        + field.unsupported();
    }
}
