package dev.weft.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.settings.Layer;
import dev.weft.settings.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class VariablesTest {

    @Test
    void everySettingCanBeAVariable() {
        Map<String, Object> variables = new HashMap<>();
        for (Setting setting : Setting.values()) {
            variables.put(setting.variable(), "a=1");
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));

        List<String> read = EnvironmentSettings.of(environment).stream()
                .map(Layer::values)
                .flatMap(values -> values.values().stream())
                .map(Layer.Value::origin)
                .toList();

        for (Setting setting : Setting.values()) {
            assertThat(read).as(setting.key()).anyMatch(origin -> origin.contains(setting.variable()));
        }
    }
}
