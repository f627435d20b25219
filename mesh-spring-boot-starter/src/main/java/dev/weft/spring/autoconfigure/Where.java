package dev.weft.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/** Says in few words where Boot read a value. */
final class Where {
    private Where() {}

    /** {@code application.yaml:3}, {@code --mesh.version}, {@code -Dmesh.version}; else what Boot says. */
    static String of(ConfigurationProperty property) {
        Origin origin = property.getOrigin();
        if (origin instanceof PropertySourceOrigin ofSource && ofSource.getOrigin() != null) {
            origin = ofSource.getOrigin();
        }
        if (origin instanceof SystemEnvironmentOrigin variable) {
            return variable.getProperty();
        }
        if (origin instanceof TextResourceOrigin text) {
            return file(text);
        }
        if (origin instanceof PropertySourceOrigin ofSource) {
            return ofSource(ofSource.getPropertySource(), ofSource.getPropertyName());
        }
        return origin == null ? property.getName().toString() : origin.toString();
    }

    private static String file(TextResourceOrigin text) {
        TextResourceOrigin.Location at = text.getLocation();
        return name(text.getResource()) + (at == null ? "" : ":" + (at.getLine() + 1));
    }

    private static String name(@Nullable Resource resource) {
        // Boot wraps what it read; the file's name is what its description ends with.
        String name = resource == null ? null : resource.getFilename();
        if (resource instanceof ClassPathResource path) {
            return path.getPath();
        }
        return name == null ? String.valueOf(resource) : name;
    }

    private static String ofSource(PropertySource<?> source, String name) {
        if (source instanceof CommandLinePropertySource) {
            return "--" + name;
        }
        if (source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
            return "-D" + name;
        }
        return name + " in " + source.getName();
    }
}
