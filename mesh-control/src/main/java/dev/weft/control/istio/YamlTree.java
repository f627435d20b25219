package dev.weft.control.istio;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Turns one document of the YAML library into our own tree. Aliases share the tree they stand for, but are counted as copies. */
final class YamlTree {
    /** As many values as a document without aliases may have. */
    private static final long MAX_VALUES = BoundedParser.MAX_EVENTS_OF_DOCUMENT;

    /** A name that stands twice in a mapping. */
    record Duplicate(String field, int line, String words) {}

    private record Known(YamlNode node, long values) {}

    private final Map<Node, Known> shared = new IdentityHashMap<>();
    private final List<Duplicate> duplicates = new ArrayList<>();

    YamlNode convert(Node root) {
        return convert(root, "", 0).node;
    }

    List<Duplicate> duplicates() {
        return List.copyOf(duplicates);
    }

    private Known convert(Node node, String path, int depth) {
        int line = line(node);
        if (depth > BoundedParser.MAX_DEPTH) {
            throw new TooBig(line, "an alias within what it stands for was not expected");
        }
        @Nullable Known known = shared.get(node);
        if (known == null) {
            known = fresh(node, path, depth, line);
            if (known.values > MAX_VALUES) {
                throw new TooBig(line, "aliases that stand for less than " + MAX_VALUES + " values were expected");
            }
            shared.put(node, known);
        }
        return known;
    }

    private Known fresh(Node node, String path, int depth, int line) {
        if (node instanceof ScalarNode scalar) {
            boolean quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
            return new Known(new YamlNode.Scalar(scalar.getValue(), quoted, line), 1);
        }
        long values = 1;
        if (node instanceof SequenceNode sequence) {
            List<YamlNode> elements = new ArrayList<>();
            for (Node element : sequence.getValue()) {
                Known child = convert(element, path + "[" + elements.size() + "]", depth + 1);
                elements.add(child.node);
                values += child.values;
            }
            return new Known(new YamlNode.Sequence(List.copyOf(elements), line), values);
        }
        Map<String, YamlNode.Entry> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            int at = line(tuple.getKeyNode());
            String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
            String field = path.isEmpty() ? name : path + "." + name;
            YamlNode.Entry earlier = fields.get(name);
            if (earlier != null) {
                duplicates.add(new Duplicate(field, at, IstioParser.TWICE + ", first in line " + earlier.line()));
            }
            Known child = convert(tuple.getValueNode(), field, depth + 1);
            fields.put(name, new YamlNode.Entry(child.node, at));
            values += child.values;
        }
        return new Known(new YamlNode.Mapping(fields, line), values);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
