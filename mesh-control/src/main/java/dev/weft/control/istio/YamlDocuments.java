package dev.weft.control.istio;

import dev.weft.config.ConfigProblem;
import dev.weft.config.Origin;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * The documents of a file.
 *
 * @param documents those that could be read, empty ones left out
 * @param problems syntax errors; what follows one in the file is not read
 */
record YamlDocuments(List<Document> documents, List<ConfigProblem> problems) {
    /** Characters of one file; more is refused before it costs memory. */
    static final int MAX_CHARACTERS = 16 * 1024 * 1024;

    /** Aliases of lists and mappings in one document: what they stand for is bounded by {@link YamlTree} besides. */
    private static final int MAX_ALIASES = 50;

    /**
     * A document.
     *
     * @param index position in the file, from 0, as {@link DocumentIndex} counts
     * @param problems names that stand twice
     */
    record Document(int index, YamlNode root, List<YamlTree.Duplicate> problems) {}

    static YamlDocuments read(String file, String text) {
        List<Document> documents = new ArrayList<>();
        List<ConfigProblem> problems = new ArrayList<>();
        if (text.length() > MAX_CHARACTERS) {
            problems.add(syntax(file, 0, "a file of at most " + MAX_CHARACTERS + " characters was expected"));
            return new YamlDocuments(List.of(), List.copyOf(problems));
        }
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(MAX_CHARACTERS)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setAllowDuplicateKeys(true)
                .setUseMarks(true)
                .setLabel(file)
                .build();
        try {
            BoundedParser parser = new BoundedParser(new ParserImpl(settings, new StreamReader(settings, text)));
            Iterator<Node> nodes = new Composer(settings, parser);
            DocumentIndex index = new DocumentIndex(text);
            while (nodes.hasNext()) {
                YamlTree tree = new YamlTree();
                YamlNode root = tree.convert(nodes.next());
                if (!(root instanceof YamlNode.Scalar scalar && scalar.isNull())) {
                    documents.add(new Document(index.next(root.line()), root, tree.duplicates()));
                }
            }
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            problems.add(syntax(file, line, "cannot be read: " + e.getProblem()));
        } catch (TooBig e) {
            problems.add(syntax(file, e.line(), e.expectation()));
        } catch (YamlEngineException e) {
            problems.add(syntax(file, 0, "cannot be read: " + e.getMessage()));
        }
        return new YamlDocuments(List.copyOf(documents), List.copyOf(problems));
    }

    private static ConfigProblem syntax(String file, int line, String words) {
        return new ConfigProblem(ConfigProblem.Severity.ERROR, "YAML", "", null, words, new Origin("", file, line));
    }
}
