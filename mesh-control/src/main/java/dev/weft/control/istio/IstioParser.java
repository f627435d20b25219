package dev.weft.control.istio;

import dev.weft.config.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the resources of a file. */
public final class IstioParser {
    /** How the words about a field begin that a mapping has a second time. */
    public static final String TWICE = "is written twice";

    /** A list of lists of lists is nobody's. */
    private static final int MAX_LISTS = 4;

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
            resources(file, document, document.root(), 0, parsed);
        }
        return new File(List.copyOf(parsed), documents.problems());
    }

    private static void resources(
            String file, YamlDocuments.Document document, YamlNode root, int depth, List<Parsed> into) {
        Fields fields = Fields.of(root, "", new Problems("", file));
        if (depth < MAX_LISTS
                && fields.string("kind", "").endsWith("List")
                && fields.node("items") instanceof YamlNode.Sequence items) {
            items.elements().forEach(item -> resources(file, document, item, depth + 1, into));
        } else {
            into.add(resource(file, document, root));
        }
    }

    private static Parsed resource(String file, YamlDocuments.Document document, YamlNode root) {
        Fields names = Fields.of(root, "", new Problems("", file));
        String kind = names.string("kind", "");
        String name = names.message("metadata", metadata -> {
            metadata.names().forEach(metadata::skip);
            return metadata.string("name", "");
        });
        Problems problems = new Problems(
                kind.isEmpty() ? "document " + document.index() : name == null ? kind : kind + " " + name, file);
        Fields top = Fields.of(root, "", problems);
        String apiVersion = top.string("apiVersion", "");
        top.skip("kind", "status", "spec");
        Meta none = new Meta(kind, "", "default", Map.of(), Map.of(), "", file, document.index(), root.line());
        Meta written = top.message("metadata", metadata -> meta(metadata, none));
        Meta meta = written == null ? none : written;
        document.problems().forEach(problem -> problems.error(problem.field(), problem.line(), null, problem.words()));
        Spec spec = spec(kind, apiVersion, top, problems);
        return new Parsed(
                document.index(),
                apiVersion,
                kind,
                meta,
                root,
                spec == null ? null : new Resource<>(meta, spec),
                problems.list());
    }

    private static @Nullable Spec spec(String kind, String apiVersion, Fields top, Problems problems) {
        if (!Kinds.istioGroup(apiVersion)) {
            return null;
        }
        YamlNode node = top.node("spec");
        YamlNode spec = node == null ? new YamlNode.Mapping(Map.of(), top.line()) : node;
        Function<Fields, ? extends Spec> reader = Kinds.reader(kind);
        if (reader == null) {
            return new OtherSpec(spec);
        }
        Fields fields = Fields.of(spec, "spec", problems);
        Spec value = reader.apply(fields);
        fields.end();
        return value;
    }

    private static Meta meta(Fields metadata, Meta none) {
        metadata.names().forEach(metadata::skip);
        return new Meta(
                none.kind(),
                metadata.string("name", ""),
                metadata.string("namespace", "default"),
                metadata.stringMap("labels"),
                metadata.stringMap("annotations"),
                metadata.string("creationTimestamp", ""),
                none.file(),
                none.document(),
                none.line());
    }
}
