package dev.weft.control.validate.schema;

import dev.weft.config.ConfigProblem;
import dev.weft.control.istio.Names;
import dev.weft.control.istio.Problems;
import dev.weft.control.istio.ScalarKind;
import dev.weft.control.istio.YamlNode;
import dev.weft.control.validate.schema.FieldType.Base;
import dev.weft.control.validate.schema.FieldType.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds a document against the catalogue: unknown fields, wrong types, two of a kind where one may be, and fields that an
 * in-process mesh does not honour. What only Kubernetes' schema demands is a warning: it is Istio's own validation that
 * decides. Made for one document.
 */
public final class SchemaCheck {
    /** How the words about a field begin that is valid Istio and not honoured here. */
    public static final String UNSUPPORTED = "not supported in-process: ";

    private final Schema schema;
    private final Problems problems;

    /** Whether one of these problems says that something is valid and not honoured. */
    public static boolean unsupported(List<ConfigProblem> problems) {
        return problems.stream().anyMatch(problem -> problem.expectation().startsWith(UNSUPPORTED));
    }

    public SchemaCheck(Schema schema, Problems problems) {
        this.schema = schema;
        this.problems = problems;
    }

    /** Checks a message. {@code quiet}: its place is unsupported already, which is said once and not for each part. */
    public void message(String name, YamlNode node, String path, boolean quiet) {
        if (node instanceof YamlNode.Scalar scalar && scalar.isNull()) {
            problems.warning(path, node.line(), null, "Kubernetes refuses null here; it is read as {}");
            return;
        }
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.error(path, node.line(), node.describe(), "fields of " + name + " were expected here");
            return;
        }
        MessageSpec message = schema.message(name);
        Map<String, String> groups = new HashMap<>();
        mapping.fields().forEach((written, entry) -> {
            FieldSpec field = field(message, written);
            String at = path.isEmpty() ? written : path + "." + written;
            if (field == null) {
                problems.error(at, entry.line(), null, "unknown field" + hint(message, written));
            } else if (!(entry.value() instanceof YamlNode.Scalar scalar && scalar.isNull())) {
                oneOf(field, groups, at, entry.line());
                field(field, entry, at, quiet);
            }
        });
        message.fields().values().stream()
                .filter(FieldSpec::required)
                .filter(field -> !mapping.fields().containsKey(field.name())
                        && !mapping.fields().containsKey(Names.snakeCase(field.name())))
                .forEach(field -> problems.warning(
                        path.isEmpty() ? field.name() : path + "." + field.name(),
                        mapping.line(),
                        null,
                        "Kubernetes refuses a " + name + " without it"));
    }

    private static String hint(MessageSpec message, String written) {
        return Names.hint(written, message.fields().keySet());
    }

    private static @Nullable FieldSpec field(MessageSpec message, String written) {
        FieldSpec field = message.fields().get(written);
        if (field != null || written.indexOf('_') < 0) {
            return field;
        }
        return message.fields().values().stream()
                .filter(candidate -> Names.snakeCase(candidate.name()).equals(written))
                .findFirst()
                .orElse(null);
    }

    private void oneOf(FieldSpec field, Map<String, String> groups, String at, int line) {
        String group = field.oneOf();
        String other = group == null ? null : groups.putIfAbsent(group, field.name());
        if (other != null && !other.equals(field.name())) {
            problems.error(at, line, null, "only one of " + other + " and " + field.name() + " may be written");
        }
    }

    private void field(FieldSpec field, YamlNode.Entry entry, String at, boolean quiet) {
        YamlNode value = entry.value();
        String text = value instanceof YamlNode.Scalar scalar ? scalar.text() : "";
        boolean beyond = field.unsupported(text) && !empty(value);
        if (beyond && !quiet) {
            problems.warning(at, entry.line(), text.isEmpty() ? null : text, UNSUPPORTED + field.unsupported());
        }
        boolean silent = quiet || beyond;
        switch (field.type().shape()) {
            case ONE -> single(field, value, at, entry.line(), silent);
            case LIST -> list(field, value, at, entry.line(), silent);
            case MAP -> map(field, value, at, entry.line(), silent);
        }
    }

    /** An empty list or map says nothing, so nothing is missed by not honouring it. */
    private static boolean empty(YamlNode value) {
        return value instanceof YamlNode.Sequence sequence
                && sequence.elements().isEmpty();
    }

    private void list(FieldSpec field, YamlNode value, String at, int line, boolean quiet) {
        if (!(value instanceof YamlNode.Sequence sequence)) {
            problems.error(at, line, value.describe(), "a list was expected");
            return;
        }
        Ranges.size(field, sequence.elements().size(), at, line, problems);
        for (int i = 0; i < sequence.elements().size(); i++) {
            YamlNode element = sequence.elements().get(i);
            single(field, element, at + "[" + i + "]", element.line(), quiet);
        }
    }

    private void map(FieldSpec field, YamlNode value, String at, int line, boolean quiet) {
        if (!(value instanceof YamlNode.Mapping mapping)) {
            problems.error(at, line, value.describe(), "a mapping was expected");
            return;
        }
        mapping.fields().forEach((key, entry) -> {
            if (field.type().mapKey() == Base.UINT32 && !Scalars.unsigned32(key)) {
                problems.error(at, entry.line(), key, "whole numbers from 0 to 4294967295 were expected as keys");
            }
            single(field, entry.value(), at + "[" + key + "]", entry.line(), quiet);
        });
    }

    private void single(FieldSpec field, YamlNode value, String at, int line, boolean quiet) {
        FieldType type = field.type();
        if (type.base() == Base.STRUCT) {
            return;
        }
        if (type.message() != null) {
            message(type.message(), value, at, quiet);
            return;
        }
        if (!(value instanceof YamlNode.Scalar scalar)) {
            problems.error(at, line, value.describe(), Scalars.expectation(type) + " was expected");
            return;
        }
        if (ScalarKind.of(scalar) == ScalarKind.NULL && type.shape() != Shape.ONE) {
            problems.warning(at, line, null, "Kubernetes refuses null here; it is read as nothing");
            return;
        }
        String wrong = Scalars.wrong(type, scalar);
        if (wrong != null) {
            problems.error(at, line, scalar.text(), wrong);
        } else {
            Ranges.value(field, scalar.text(), at, line, problems);
        }
    }
}
