package dev.weft.spring.autoconfigure;

import dev.weft.settings.Layer;
import dev.weft.settings.Setting;
import dev.weft.settings.SettingProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * What the {@code Environment} says about a mesh: a layer per property source, the strongest first, each value with the place where
 * Boot read it.
 */
final class EnvironmentSettings {
    private static final Logger log = LoggerFactory.getLogger(EnvironmentSettings.class);

    private static final String APPLICATION_NAME = "spring.application.name";

    private final ConfigurableEnvironment environment;
    private final KnownNames known = KnownNames.ofMesh();

    private EnvironmentSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    static List<Layer> of(ConfigurableEnvironment environment) {
        EnvironmentSettings settings = new EnvironmentSettings(environment);
        List<Layer> layers = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            layers.add(
                    source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource variables
                            ? settings.variables(variables, source)
                            : settings.layer(source));
        }
        layers.add(settings.applicationName());
        return layers;
    }

    /** By the names that variables have without Spring too; and by those of relaxed binding, which drops dashes: {@code MESH_CONTROLPLANE}. */
    private Layer variables(SystemEnvironmentPropertySource source, ConfigurationPropertySource relaxed) {
        Map<String, String> variables = new LinkedHashMap<>();
        source.getSource().forEach((name, value) -> variables.put(name, String.valueOf(value)));
        if (variables.containsKey("MESH_CONFIG")) {
            log.warn(
                    "MESH_CONFIG is not read under Spring Boot; say spring.config.import: file:{} instead",
                    variables.get("MESH_CONFIG"));
        }
        Layer read = Layer.ofVariables(variables, known.variables());
        Map<String, Layer.Value> values = new LinkedHashMap<>();
        List<SettingProblem> problems = new ArrayList<>(read.problems());
        read.values().forEach((key, value) -> put(values, key, value.text(), value.origin(), problems));
        Map<String, Layer.Value> bound = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            read(relaxed, setting, bound, problems);
        }
        Layer.collected(bound, List.of()).values().forEach(values::putIfAbsent);
        return new Layer(values, problems);
    }

    private Layer layer(ConfigurationPropertySource source) {
        Map<String, Layer.Value> values = new LinkedHashMap<>();
        List<SettingProblem> problems = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            read(source, setting, values, problems);
        }
        if (source instanceof IterableConfigurationPropertySource all) {
            all.stream().filter(KnownNames.MESH::isAncestorOf).forEach(name -> named(all, name, values, problems));
        }
        return Layer.collected(values, problems);
    }

    /** In one word, or as a list. */
    private void read(
            ConfigurationPropertySource source,
            Setting setting,
            Map<String, Layer.Value> values,
            List<SettingProblem> problems) {
        ConfigurationPropertyName name = KnownNames.MESH.append(setting.key());
        one(source, name, setting.key(), values, problems);
        if (setting.shape() == Setting.Shape.LIST) {
            list(source, name, setting.key(), values, problems);
        }
    }

    /** Entries of maps; and names that nobody reads. */
    private void named(
            ConfigurationPropertySource source,
            ConfigurationPropertyName name,
            Map<String, Layer.Value> values,
            List<SettingProblem> problems) {
        for (Setting setting : Setting.values()) {
            ConfigurationPropertyName map = KnownNames.MESH.append(setting.key());
            if (setting.shape() == Setting.Shape.MAP && map.isAncestorOf(name)) {
                one(source, name, setting.key() + "." + below(map, name), values, problems);
                return;
            }
        }
        ConfigurationProperty property = source.getConfigurationProperty(name);
        if (property != null && !known.contains(name)) {
            problems.add(known.unknown(name, Where.of(property)));
        }
    }

    private static String below(ConfigurationPropertyName map, ConfigurationPropertyName name) {
        List<String> parts = new ArrayList<>();
        for (int i = map.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
            parts.add(name.getElement(i, Form.ORIGINAL));
        }
        return String.join(".", parts);
    }

    private void one(
            ConfigurationPropertySource source,
            ConfigurationPropertyName name,
            String key,
            Map<String, Layer.Value> values,
            List<SettingProblem> problems) {
        ConfigurationProperty property = source.getConfigurationProperty(name);
        if (property != null) {
            put(values, key, String.valueOf(property.getValue()), Where.of(property), problems);
        }
    }

    private void list(
            ConfigurationPropertySource source,
            ConfigurationPropertyName name,
            String key,
            Map<String, Layer.Value> values,
            List<SettingProblem> problems) {
        List<String> items = new ArrayList<>();
        String origin = "";
        ConfigurationProperty item;
        while ((item = source.getConfigurationProperty(name.append("[" + items.size() + "]"))) != null) {
            origin = items.isEmpty() ? Where.of(item) : origin;
            items.add(String.valueOf(item.getValue()));
        }
        if (!items.isEmpty()) {
            put(values, key, String.join(",", items), origin, problems);
        }
    }

    private void put(
            Map<String, Layer.Value> values, String key, String text, String origin, List<SettingProblem> problems) {
        try {
            values.put(key, new Layer.Value(environment.resolveRequiredPlaceholders(text), origin));
        } catch (IllegalArgumentException e) {
            problems.add(new SettingProblem(
                    key, "`" + text + "`, from " + origin, "a placeholder in it has no value: " + e.getMessage()));
        }
    }

    /** What the application is called, if nothing says what its service is. */
    private Layer applicationName() {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(APPLICATION_NAME);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                Map<String, Layer.Value> values = new LinkedHashMap<>();
                List<SettingProblem> problems = new ArrayList<>();
                String where = Where.of(property);
                String origin = where.contains(APPLICATION_NAME) ? where : APPLICATION_NAME + ", " + where;
                put(values, Setting.SERVICE.key(), String.valueOf(property.getValue()), origin, problems);
                return Layer.collected(values, problems);
            }
        }
        return Layer.EMPTY;
    }
}
