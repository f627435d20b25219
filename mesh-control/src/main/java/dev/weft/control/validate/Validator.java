package dev.weft.control.validate;

import dev.weft.config.ConfigProblem;
import dev.weft.control.istio.IstioParser;
import dev.weft.control.istio.Meta;
import dev.weft.control.istio.Parsed;
import dev.weft.control.istio.Problems;
import dev.weft.control.istio.RefusedPolicy;
import dev.weft.control.istio.Resource;
import dev.weft.control.istio.YamlNode;
import dev.weft.control.validate.rules.Rules;
import dev.weft.control.validate.schema.KindSpec;
import dev.weft.control.validate.schema.Schema;
import dev.weft.control.validate.schema.SchemaCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges the resources of a file: their shape by the catalogue, then by Istio's rules. */
public final class Validator {
    private static final String SECURITY_GROUP = "security.istio.io/";

    private Validator() {}

    /**
     * Judges a text.
     *
     * @param file name for messages
     */
    public static CheckedFile check(String file, String text) {
        IstioParser.File parsed = IstioParser.parse(file, text);
        return new CheckedFile(
                parsed.documents().stream()
                        .map(document -> check(file, document))
                        .toList(),
                parsed.problems());
    }

    private static Checked check(String file, Parsed parsed) {
        Meta meta = parsed.meta();
        Problems problems = new Problems(
                parsed.kind().isEmpty() ? "document " + parsed.document() : (parsed.kind() + " " + meta.name()).strip(),
                file);
        if (parsed.foreign()) {
            problems.warning(
                    "kind",
                    meta.line(),
                    parsed.kind(),
                    SchemaCheck.UNSUPPORTED + parsed.apiVersion() + " is no API of Istio; the document is passed over");
            return new Checked(meta, Verdict.UNSUPPORTED, null, null, problems.list());
        }
        KindSpec kind = Schema.ISTIO.kind(parsed.kind());
        if (kind == null || !kind.versions().contains(version(parsed, kind))) {
            problems.error(
                    kind == null ? "kind" : "apiVersion",
                    meta.line(),
                    kind == null ? parsed.kind() : parsed.apiVersion(),
                    kind == null || kind.group().isEmpty()
                            ? "a kind of Istio was expected, such as VirtualService"
                            : "one of " + kind.versions() + " of " + kind.group() + " was expected");
            return new Checked(meta, Verdict.INVALID, null, lock(parsed), problems.list());
        }
        return check(parsed, kind, problems);
    }

    private static Checked check(Parsed parsed, KindSpec kind, Problems problems) {
        Meta meta = parsed.meta();
        if (meta.name().isEmpty()) {
            problems.error("metadata.name", meta.line(), null, "a name was expected");
        }
        topLevel(parsed.root(), problems);
        String whole = kind.unsupported();
        if (whole != null) {
            problems.warning("kind", meta.line(), null, SchemaCheck.UNSUPPORTED + whole);
        }
        YamlNode spec = parsed.spec();
        boolean nothing = spec == null || spec instanceof YamlNode.Scalar scalar && scalar.isNull();
        if (spec != null && !nothing) {
            new SchemaCheck(Schema.ISTIO, problems).message(kind.name(), spec, "spec", whole != null);
        }
        boolean shaped = errors(problems.list()).isEmpty();
        Rules.check(meta, nothing ? new YamlNode.Mapping(Map.of(), meta.line()) : spec, problems);
        List<ConfigProblem> all = new ArrayList<>(problems.list());
        // Readers complain of what the catalogue complained of; alone they would show that the two have come apart.
        all.addAll(
                shaped
                        ? parsed.problems()
                        : errors(parsed.problems()).stream()
                                .filter(problem -> problem.field().startsWith("metadata")
                                        || problem.expectation().startsWith(IstioParser.TWICE))
                                .toList());
        List<ConfigProblem> said = withoutRepetition(all);
        boolean refused = !errors(said).isEmpty();
        Verdict verdict =
                refused ? Verdict.INVALID : SchemaCheck.unsupported(said) ? Verdict.UNSUPPORTED : Verdict.HONOURED;
        return new Checked(meta, verdict, refused ? null : parsed.resource(), refused ? lock(parsed) : null, said);
    }

    /** A kind that nobody knows counts too, where its group is that of security: it was meant to forbid something. */
    private static @Nullable Resource<RefusedPolicy> lock(Parsed parsed) {
        return Schema.security(parsed.kind()) || parsed.apiVersion().startsWith(SECURITY_GROUP)
                ? RefusedPolicy.of(parsed)
                : null;
    }

    private static String version(Parsed parsed, KindSpec kind) {
        String prefix = kind.group() + "/";
        return !kind.group().isEmpty() && parsed.apiVersion().startsWith(prefix)
                ? parsed.apiVersion().substring(prefix.length())
                : "";
    }

    private static void topLevel(YamlNode root, Problems problems) {
        if (root instanceof YamlNode.Mapping mapping) {
            mapping.fields().forEach((name, entry) -> {
                if (name.startsWith("_")) {
                    problems.warning(name, entry.line(), null, "is taken for a remark");
                } else if (!Set.of("apiVersion", "kind", "metadata", "spec", "status")
                        .contains(name)) {
                    problems.error(name, entry.line(), null, "apiVersion, kind, metadata and spec were expected here");
                }
            });
        }
    }

    private static List<ConfigProblem> errors(List<ConfigProblem> problems) {
        return problems.stream()
                .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .toList();
    }

    /** No warning about a field that has an error, and nothing twice. */
    private static List<ConfigProblem> withoutRepetition(List<ConfigProblem> problems) {
        Set<String> wrong = new HashSet<>();
        errors(problems).forEach(problem -> wrong.add(problem.field()));
        return problems.stream()
                .filter(problem ->
                        problem.severity() == ConfigProblem.Severity.ERROR || !wrong.contains(problem.field()))
                .distinct()
                .toList();
    }
}
