package dev.weft.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The layers between the builder and the defaults. */
final class Layers {
    private static final String PREFIX = "mesh.";
    private static final String VARIABLE_PREFIX = "MESH_";

    /** Kubernetes makes such variables for every service whose name begins with {@code mesh}. */
    private static final Pattern OF_KUBERNETES = Pattern.compile(".*_SERVICE_(HOST|PORT)(_.*)?|MESH_(.*_)?PORT(_.*)?");

    /** Ours, but no settings: the file to read, and what the command line reads. */
    private static final List<String> OTHER_VARIABLES = List.of("MESH_CONFIG", "MESH_SERVER");

    private Layers() {}

    /** From the strongest to the weakest. */
    static List<Layer> of(Outside outside) {
        return List.of(properties(outside), variables(outside.variables(), List.of()), MeshYaml.find(outside));
    }

    private static Layer properties(Outside outside) {
        Map<String, Layer.Value> values = new LinkedHashMap<>();
        List<SettingProblem> problems = new ArrayList<>();
        outside.properties().forEach((name, text) -> {
            if (name.startsWith(PREFIX)) {
                String key = kebab(name.substring(PREFIX.length()));
                if (Setting.of(key).isPresent()) {
                    put(values, key, text, "-D" + name);
                } else {
                    problems.add(Nearest.unknown(PREFIX + key, "-D" + name));
                }
            }
        });
        return new Layer(values, problems);
    }

    static Layer variables(Map<String, String> variables, Collection<String> others) {
        Map<String, Layer.Value> values = new LinkedHashMap<>();
        List<SettingProblem> problems = new ArrayList<>();
        variables.forEach((name, text) -> {
            if (!name.startsWith(VARIABLE_PREFIX) || OTHER_VARIABLES.contains(name)) {
                return;
            }
            for (Setting setting : Setting.values()) {
                if (setting.isCalled(name)) {
                    put(values, setting.key(), text, name);
                    return;
                }
            }
            if (others.contains(name)) {
                return;
            }
            // Others may use the prefix too; what is nearly one of ours was meant for us.
            String near = Nearest.variable(name);
            if (near != null && !OF_KUBERNETES.matcher(name).matches()) {
                problems.add(new SettingProblem(name, "unknown variable", "did you mean " + near + "?"));
            }
        });
        return new Layer(values, problems);
    }

    /** {@code controlPlane} is {@code control-plane}; what follows a map's name is left as it is. */
    static String kebab(String key) {
        int firstDot = key.indexOf('.');
        String head = firstDot < 0 ? key : key.substring(0, firstDot);
        if (Setting.of(head).filter(Setting::isMap).isPresent()) {
            return key;
        }
        return key.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** Empty is not set: that is how a deployment takes a variable back. A map in one word becomes its entries. */
    static void put(Map<String, Layer.Value> values, String key, String text, String origin) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return;
        }
        if (Setting.of(key)
                .filter(setting -> setting.isMap() && setting.key().equals(key))
                .isEmpty()) {
            values.put(key, new Layer.Value(trimmed, origin));
            return;
        }
        for (String entry : trimmed.split(",")) {
            int equals = entry.indexOf('=');
            // An entry without a name is refused where values are checked, with its origin.
            String name = equals < 0 ? "" : entry.substring(0, equals).strip();
            values.put(
                    key + "." + name,
                    new Layer.Value(entry.substring(equals + 1).strip(), origin));
        }
    }
}
