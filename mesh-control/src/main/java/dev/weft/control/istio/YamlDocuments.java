package dev.weft.control.istio;

import dev.weft.config.ConfigProblem;
import dev.weft.config.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The documents of a file.
 *
 * @param documents those that could be read, empty ones left out
 * @param problems syntax errors; what follows one in the file is not read
 */
record YamlDocuments(List<Document> documents, List<ConfigProblem> problems) {
    /** Deep or huge input is refused before it costs memory. */
    private static final int MAX_CODE_POINTS = 16 * 1024 * 1024;

    private static final int MAX_DEPTH = 64;

    /** @param index position in the file, from 0, empty documents counted */
    record Document(int index, YamlNode root) {}

    static YamlDocuments read(String file, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(MAX_CODE_POINTS)
                .setMaxAliasesForCollections(50)
                .setAllowDuplicateKeys(true)
                .setUseMarks(true)
                .setLabel(file)
                .build();
        List<Document> documents = new ArrayList<>();
        List<ConfigProblem> problems = new ArrayList<>();
        int index = 0;
        try {
            for (Node node : new Compose(settings).composeAllFromString(text)) {
                YamlNode root = new Converter(file, problems).convert(node, 0);
                if (!(root instanceof YamlNode.Scalar scalar && scalar.isNull())) {
                    documents.add(new Document(index, root));
                }
                index++;
            }
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            problems.add(syntax(file, line, String.valueOf(e.getProblem())));
        } catch (YamlEngineException | TooDeep e) {
            problems.add(syntax(file, 0, String.valueOf(e.getMessage())));
        }
        return new YamlDocuments(List.copyOf(documents), List.copyOf(problems));
    }

    private static ConfigProblem syntax(String file, int line, String words) {
        return new ConfigProblem(ConfigProblem.Severity.ERROR, "YAML", "", null, words, new Origin("", file, line));
    }

    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooDeep() {
            super("nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    private record Converter(String file, List<ConfigProblem> problems, Map<Node, YamlNode> shared) {
        Converter(String file, List<ConfigProblem> problems) {
            this(file, problems, new IdentityHashMap<>());
        }

        YamlNode convert(Node node, int depth) {
            if (depth > MAX_DEPTH) {
                throw new TooDeep();
            }
            @Nullable YamlNode known = shared.get(node);
            if (known != null) {
                return known;
            }
            YamlNode converted = fresh(node, depth);
            shared.put(node, converted);
            return converted;
        }

        private YamlNode fresh(Node node, int depth) {
            int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
            if (node instanceof ScalarNode scalar) {
                return new YamlNode.Scalar(scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN, line);
            }
            if (node instanceof SequenceNode sequence) {
                List<YamlNode> elements = new ArrayList<>();
                for (Node element : sequence.getValue()) {
                    elements.add(convert(element, depth + 1));
                }
                return new YamlNode.Sequence(List.copyOf(elements), line);
            }
            Map<String, YamlNode.Entry> fields = new LinkedHashMap<>();
            Map<String, Integer> first = new HashMap<>();
            for (NodeTuple tuple : ((MappingNode) node).getValue()) {
                int at = tuple.getKeyNode()
                        .getStartMark()
                        .map(mark -> mark.getLine() + 1)
                        .orElse(line);
                String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
                Integer earlier = first.putIfAbsent(name, at);
                if (earlier != null) {
                    problems.add(new ConfigProblem(
                            ConfigProblem.Severity.ERROR,
                            "YAML",
                            name,
                            null,
                            "is written twice, first in line " + earlier,
                            new Origin("", file, at)));
                }
                fields.put(name, new YamlNode.Entry(convert(tuple.getValueNode(), depth + 1), at));
            }
            return new YamlNode.Mapping(fields, line);
        }
    }
}
