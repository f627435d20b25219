package dev.weft.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.settings.Layer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Settings in environment variables, by Weft's names and by those that Boot's users are used to. */
class VariablesTest {

    @Test
    void bothSpellingsOfADashAreRead() {
        Map<String, String> read = read(Map.of(
                "MESH_CONTROLPLANE", "a:1,b:2",
                "MESH_WHEN_OFFLINE", "refuse",
                "MESH_DRAIN_TIMEOUT", "3s",
                "MESH_TRUST_JOINTOKENFILE", "/token"));
        assertThat(read)
                .containsEntry("control-plane", "a:1,b:2")
                .containsEntry("when-offline", "refuse")
                .containsEntry("drain.timeout", "3s")
                .containsEntry("trust.join-token-file", "/token");
    }

    @Test
    void aListMayHaveAVariablePerElement() {
        assertThat(read(Map.of("MESH_CONTROLPLANE_0", "a:1", "MESH_CONTROLPLANE_1", "b:2")))
                .containsEntry("control-plane", "a:1,b:2");
    }

    @Test
    void weftsOwnNameIsTheOneThatCounts() {
        assertThat(read(Map.of("MESH_CONTROLPLANE", "a:1", "MESH_CONTROL_PLANE", "b:2")))
                .containsEntry("control-plane", "b:2");
    }

    private static Map<String, String> read(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        // Of this name, or Boot takes it for any other map.
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        Map<String, String> read = new LinkedHashMap<>();
        for (Layer layer : EnvironmentSettings.of(environment)) {
            assertThat(layer.problems()).isEmpty();
            layer.values().forEach((key, value) -> read.putIfAbsent(key, value.text()));
        }
        return read;
    }
}
