package dev.weft.spring.autoconfigure;

import dev.weft.settings.Setting;
import dev.weft.settings.SettingProblem;
import dev.weft.spring.MeshProperties;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Every name below {@code mesh.} that is read: the mesh's own settings, and the shape of {@link MeshProperties}. */
final class KnownNames {
    static final ConfigurationPropertyName MESH = ConfigurationPropertyName.of("mesh");

    /** Stands for a key of the user's: {@code mesh.clients.*.timeout}. */
    private static final String ANY = "*";

    /** Of elements, in the uniform form: {@code [controlplane]}, {@code [clients, *, timeout]}. */
    private final List<List<String>> patterns = new ArrayList<>();

    private final TreeSet<String> spelt = new TreeSet<>();

    private KnownNames() {}

    static KnownNames ofMesh() {
        KnownNames names = new KnownNames();
        for (Setting setting : Setting.values()) {
            names.add(List.of(setting.key().split("\\.")));
            if (setting.shape() == Setting.Shape.MAP) {
                names.patterns.add(List.of(uniform(setting.key()), ANY));
            }
        }
        names.add(List.of(), MeshProperties.class);
        return names;
    }

    private void add(List<String> path, Class<?> record) {
        for (RecordComponent component : record.getRecordComponents()) {
            Name name = component.getAnnotation(Name.class);
            add(
                    plus(path, name == null ? dashed(component.getName()) : name.value()),
                    component.getType(),
                    component.getGenericType());
        }
    }

    private void add(List<String> path, Class<?> type, Type generic) {
        if (type.isRecord()) {
            add(path, type);
        } else if (type == Map.class
                && generic instanceof ParameterizedType map
                && map.getActualTypeArguments()[1] instanceof Class<?> value) {
            add(plus(path, ANY), value, value);
        } else {
            add(path);
        }
    }

    private void add(List<String> path) {
        patterns.add(path.stream().map(KnownNames::uniform).toList());
        spelt.add(MESH + "." + String.join(".", path));
    }

    private static List<String> plus(List<String> path, String element) {
        List<String> longer = new ArrayList<>(path);
        longer.add(element);
        return longer;
    }

    private static String dashed(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String uniform(String element) {
        return element.replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** All of them as a user writes them, {@code *} standing for names of his own. */
    TreeSet<String> spelt() {
        return spelt;
    }

    /** As variables, by Spring's rule. */
    List<String> variables() {
        return spelt.stream()
                .map(name -> name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT))
                .toList();
    }

    /** Whether somebody reads it; an element of a list is read with its list. */
    boolean contains(ConfigurationPropertyName name) {
        ConfigurationPropertyName whole = name;
        while (whole.isLastElementIndexed() && whole.isNumericIndex(whole.getNumberOfElements() - 1)) {
            whole = whole.getParent();
        }
        List<String> elements = new ArrayList<>();
        for (int i = 1; i < whole.getNumberOfElements(); i++) {
            elements.add(whole.getElement(i, ConfigurationPropertyName.Form.UNIFORM));
        }
        return patterns.stream().anyMatch(pattern -> matches(pattern, elements));
    }

    private static boolean matches(List<String> pattern, List<String> elements) {
        if (pattern.size() != elements.size()) {
            return false;
        }
        for (int i = 0; i < pattern.size(); i++) {
            if (!pattern.get(i).equals(ANY) && !pattern.get(i).equals(elements.get(i))) {
                return false;
            }
        }
        return true;
    }

    SettingProblem unknown(ConfigurationPropertyName name, String origin) {
        return SettingProblem.unknown(name.toString(), origin, spelt);
    }
}
