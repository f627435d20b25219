package dev.weft.control.istio;

import dev.weft.config.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the resources of a file. */
public final class IstioParser {
    private IstioParser() {}

    /**
     * What a file holds.
     *
     * @param documents each resource that was found, refused ones included
     * @param problems of the file as a whole: syntax
     */
    public record File(List<Parsed> documents, List<ConfigProblem> problems) {}

    /**
     * The resources of a text.
     *
     * @param file name for messages
     */
    public static File parse(String file, String text) {
        YamlDocuments documents = YamlDocuments.read(file, text);
        List<Parsed> parsed = new ArrayList<>();
        for (YamlDocuments.Document document : documents.documents()) {
            resources(file, document.index(), document.root(), parsed);
        }
        return new File(List.copyOf(parsed), documents.problems());
    }

    private static void resources(String file, int index, YamlNode root, List<Parsed> into) {
        Problems problems = new Problems("document " + index, file);
        Fields fields = Fields.of(root, "", problems);
        String kind = fields.string("kind", "");
        if (kind.endsWith("List") && fields.node("items") instanceof YamlNode.Sequence items) {
            for (YamlNode item : items.elements()) {
                resources(file, index, item, into);
            }
            return;
        }
        into.add(resource(file, index, root));
    }

    private static Parsed resource(String file, int index, YamlNode root) {
        Problems unnamed = new Problems("document " + index, file);
        Fields top = Fields.of(root, "", unnamed);
        String kind = top.string("kind", "");
        String apiVersion = top.string("apiVersion", "");
        Meta meta = top.message("metadata", metadata -> meta(metadata, kind, file, index, top.line()));
        String name = meta == null ? "" : meta.name();
        Problems problems = new Problems(kind.isEmpty() ? "document " + index : kind + " " + name, file);
        unnamed.list().forEach(p -> problems.error(p.field(), line(p), p.value(), p.expectation()));
        if (!Kinds.known(kind, apiVersion)) {
            problems.error(
                    Kinds.names().contains(kind) ? "apiVersion" : "kind",
                    top.line(),
                    apiVersion + " " + kind,
                    "a kind of Istio was expected, such as networking.istio.io/v1 VirtualService");
            return new Parsed(index, kind, name, top.line(), null, problems.list());
        }
        if (meta == null || name.isEmpty()) {
            problems.error("metadata.name", top.line(), null, "a name was expected");
        }
        top.skip("status", "spec");
        Spec spec = spec(kind, top, problems);
        Meta known = meta == null
                ? new Meta(kind, "", "default", java.util.Map.of(), java.util.Map.of(), "", file, index, top.line())
                : meta;
        return new Parsed(index, kind, name, top.line(), new Resource<>(known, spec), problems.list());
    }

    private static int line(ConfigProblem problem) {
        return problem.origin() == null ? 0 : problem.origin().line();
    }

    private static Spec spec(String kind, Fields top, Problems problems) {
        YamlNode node = top.node("spec");
        YamlNode spec = node == null ? new YamlNode.Mapping(java.util.Map.of(), top.line()) : node;
        Function<Fields, ? extends Spec> reader = Kinds.reader(kind);
        if (reader == null) {
            return new OtherSpec(spec);
        }
        Fields fields = Fields.of(spec, "spec", problems);
        Spec value = reader.apply(fields);
        fields.end();
        return value;
    }

    private static Meta meta(Fields metadata, String kind, String file, int index, int line) {
        metadata.names().forEach(metadata::skip);
        return new Meta(
                kind,
                metadata.string("name", ""),
                metadata.string("namespace", "default"),
                metadata.stringMap("labels"),
                metadata.stringMap("annotations"),
                metadata.string("creationTimestamp", ""),
                file,
                index,
                line);
    }
}
