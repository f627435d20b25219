package dev.weft.spring.declared;

import dev.weft.MeshException;
import dev.weft.engine.CallDefaults;
import dev.weft.settings.SettingProblem;
import dev.weft.spring.ClientProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** What {@code mesh.clients.<name>} says, for clients that have no annotation. Safe for use from any thread. */
public final class NamedDefaults {
    private final Map<String, ClientProperties> properties;

    public NamedDefaults(Environment environment) {
        properties = all(environment);
    }

    static Map<String, ClientProperties> all(Environment environment) {
        return Binder.get(environment)
                .bind("mesh.clients", Bindable.mapOf(String.class, ClientProperties.class))
                .orElse(Map.of());
    }

    /**
     * Null: nothing.
     *
     * @throws MeshException.Configuration naming each value that is wrong
     */
    public @Nullable CallDefaults of(String client) {
        ClientProperties said = properties.get(client);
        if (said == null) {
            return null;
        }
        List<SettingProblem> problems = new ArrayList<>();
        Layer layer = Layer.of(said, client);
        CallDefaults declared = new Values(text -> text, problems).merged(List.of(layer), false, layer.origin());
        if (!problems.isEmpty()) {
            throw new MeshException.Configuration(problems);
        }
        return declared;
    }
}
