package dev.weft.testing;

import dev.weft.Mesh;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the mesh of a {@link MeshTest} to test methods: Spring's where there is one, else a new one for each test. */
final class MeshTestExtension implements ParameterResolver, AfterEachCallback {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(MeshTestExtension.class);

    MeshTestExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return (type == PolicyMesh.class || type == Mesh.class) && !isSprings(parameter);
    }

    /** Two resolvers for one parameter are an error to JUnit. */
    private static boolean isSprings(ParameterContext parameter) {
        return Arrays.stream(parameter.getParameter().getAnnotations())
                .anyMatch(each -> each.annotationType().getName().startsWith("org.springframework."));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        PolicyMesh mesh = mesh(context);
        return parameter.getParameter().getType() == Mesh.class ? mesh.mesh() : mesh;
    }

    private static PolicyMesh mesh(ExtensionContext context) {
        PolicyMesh springs = springs(context);
        if (springs != null) {
            return springs;
        }
        return context.getStore(HERE).computeIfAbsent(PolicyMesh.class, key -> make(context), PolicyMesh.class);
    }

    private static PolicyMesh make(ExtensionContext context) {
        Class<?> test = context.getRequiredTestClass();
        MeshTest asked = annotation(test);
        return PolicyMesh.of(asked.value(), asked.as().isEmpty() ? "test" : asked.as());
    }

    private static MeshTest annotation(Class<?> test) {
        for (Class<?> type = test; type != null; type = type.getEnclosingClass()) {
            MeshTest found = org.junit.platform.commons.support.AnnotationSupport.findAnnotation(type, MeshTest.class)
                    .orElse(null);
            if (found != null) {
                return found;
            }
        }
        throw new IllegalStateException(test + " has no @MeshTest");
    }

    private static @Nullable PolicyMesh springs(ExtensionContext context) {
        try {
            Class.forName(
                    "org.springframework.test.context.junit.jupiter.SpringExtension",
                    false,
                    MeshTestExtension.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
        return SpringsMesh.of(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        PolicyMesh springs = springs(context);
        if (springs != null) {
            springs.reset();
        }
        // The one made for this test is closed by the store, which closes what can be closed.
    }
}
