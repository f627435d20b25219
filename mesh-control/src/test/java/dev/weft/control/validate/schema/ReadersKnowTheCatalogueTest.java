package dev.weft.control.validate.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.control.istio.IstioParser;
import dev.weft.control.istio.MeshConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue says which fields there are, the readers read them: the two must not come apart. */
final class ReadersKnowTheCatalogueTest {
    @ParameterizedTest
    @ValueSource(strings = {"VirtualService", "DestinationRule", "ServiceEntry", "WorkloadEntry", "Sidecar"})
    void eachFieldOfTheCatalogueIsKnownToTheReader(String kind) {
        KindSpec spec = Schema.ISTIO.kind(kind);
        String text = "{apiVersion: " + spec.group() + "/v1, kind: " + kind + ", metadata: {name: all}, spec: "
                + everything(kind, 0) + "}";
        List<String> problems = IstioParser.parse("all.yaml", text).documents().get(0).problems().stream()
                .map(Object::toString)
                .toList();
        assertThat(problems).noneMatch(problem -> problem.contains("unknown field"));
        assertThat(problems).noneMatch(problem -> problem.contains("was expected") && !problem.contains("only one"));
    }

    @Test
    void theMeshConfigurationIsReadToo() {
        MeshConfig.Parsed parsed = MeshConfig.parse("mesh.yaml", everything("MeshConfig", 0));
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.config().trustDomain()).isEqualTo("text");
    }

    /** A message with all its fields, in flow style. */
    private static String everything(String message, int depth) {
        StringBuilder out = new StringBuilder("{");
        for (FieldSpec field : Schema.ISTIO.message(message).fields().values()) {
            if (depth < 8) {
                String value = one(field.type(), depth);
                String all = switch (field.type().shape()) {
                    case ONE -> value;
                    case LIST -> "[" + value + "]";
                    case MAP -> "{'80': " + value + "}";
                };
                out.append(out.length() > 1 ? ", " : "")
                        .append(field.name())
                        .append(": ")
                        .append(all);
            }
        }
        return out.append("}").toString();
    }

    private static String one(FieldType type, int depth) {
        return switch (type.base()) {
            case STRING -> "text";
            case BYTES -> "dGV4dA==";
            case DURATION -> "1s";
            case BOOL -> "true";
            case DOUBLE, INT32, INT64, UINT32, UINT64 -> "1";
            case STRUCT -> "{any: thing}";
            case ENUM -> type.words().get(type.words().size() - 1);
            case MESSAGE -> everything(type.message(), depth + 1);
        };
    }
}
