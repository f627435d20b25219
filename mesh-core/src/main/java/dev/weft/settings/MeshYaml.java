package dev.weft.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads {@code mesh.yaml}: one root {@code mesh}, below it the settings. */
final class MeshYaml {
    private static final String NAME = "mesh.yaml";

    private final String file;
    private final Map<String, Layer.Value> values = new LinkedHashMap<>();
    private final List<SettingProblem> problems = new ArrayList<>();

    private MeshYaml(String file) {
        this.file = file;
    }

    /** The file that {@code MESH_CONFIG} names, else the one in the working directory, else on the class path, else none. */
    static Layer find(Outside outside) {
        String named = outside.variables().getOrDefault("MESH_CONFIG", "").strip();
        Path path = named.isEmpty()
                ? outside.workingDirectory().resolve(NAME)
                : outside.workingDirectory().resolve(named);
        try {
            if (!named.isEmpty() || Files.isRegularFile(path)) {
                return read(named.isEmpty() ? NAME : named, Files.readString(path));
            }
            ClassLoader loader = outside.classPath();
            try (InputStream in = loader == null ? null : loader.getResourceAsStream(NAME)) {
                return in == null
                        ? Layer.EMPTY
                        : read("classpath:" + NAME, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return new Layer(
                    Map.of(),
                    List.of(new SettingProblem(
                            named.isEmpty() ? NAME : "MESH_CONFIG",
                            "cannot read " + path + ": " + e.getClass().getSimpleName(),
                            "name a readable file, or leave MESH_CONFIG unset")));
        }
    }

    static Layer read(String file, String text) {
        MeshYaml yaml = new MeshYaml(file);
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file).build();
            new Compose(settings).composeString(text).ifPresent(yaml::root);
        } catch (MarkedYamlEngineException e) {
            String at = file + e.getProblemMark().map(MeshYaml::line).orElse("");
            yaml.problems.add(new SettingProblem(at, "not YAML", e.getProblem()));
        } catch (YamlEngineException e) {
            yaml.problems.add(new SettingProblem(file, "not YAML", String.valueOf(e.getMessage())));
        }
        return new Layer(yaml.values, yaml.problems);
    }

    private void root(Node root) {
        if (isEmpty(root)) {
            return;
        }
        if (!(root instanceof MappingNode mapping)) {
            refuse(root, "a mapping with the one key `mesh` was expected");
            return;
        }
        for (NodeTuple entry : mapping.getValue()) {
            if ("mesh".equals(name(entry))) {
                walk("", entry.getValueNode());
            } else {
                refuse(entry.getKeyNode(), "`" + name(entry) + "`: only the key `mesh` was expected here");
            }
        }
    }

    private void walk(String key, Node node) {
        Optional<Setting> setting = Setting.of(key);
        boolean group =
                setting.map(known -> known.isMap() && known.key().equals(key)).orElse(true);
        if (isEmpty(node)) {
            known(key, node);
        } else if (group && node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                walk(Layers.kebab(key.isEmpty() ? name(entry) : key + "." + name(entry)), entry.getValueNode());
            }
        } else if (known(key, node)) {
            value(key, node);
        }
    }

    /** Also true for {@code drain}, which has settings below it and may be left empty. */
    private boolean known(String key, Node node) {
        boolean group = false;
        for (Setting setting : Setting.values()) {
            group |= setting.key().startsWith(key + ".");
        }
        if (key.isEmpty() || Setting.of(key).isPresent() || (group && isEmpty(node))) {
            return true;
        }
        problems.add(Nearest.unknown("mesh." + key, origin(node)));
        return false;
    }

    private void value(String key, Node node) {
        if (node instanceof ScalarNode scalar) {
            Layers.put(values, key, scalar.getValue(), origin(node));
        } else if (node instanceof SequenceNode sequence
                && sequence.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
            String joined = sequence.getValue().stream()
                    .map(item -> ((ScalarNode) item).getValue())
                    .collect(Collectors.joining(","));
            Layers.put(values, key, joined, origin(node));
        } else {
            refuse(node, "mesh." + key + ": one value was expected");
        }
    }

    private void refuse(Node node, String expectation) {
        problems.add(new SettingProblem(origin(node), "not understood", expectation));
    }

    private String origin(Node node) {
        return file + node.getStartMark().map(MeshYaml::line).orElse("");
    }

    private static String line(Mark mark) {
        return ":" + (mark.getLine() + 1);
    }

    private static String name(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
    }

    private static boolean isEmpty(Node node) {
        return node.getTag().equals(Tag.NULL)
                || (node instanceof MappingNode mapping && mapping.getValue().isEmpty());
    }
}
