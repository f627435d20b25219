package dev.weft.testing.spring;

import dev.weft.testing.MeshTest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** For {@code spring.factories}. */
final class MeshTestCustomizerFactory implements ContextCustomizerFactory {
    MeshTestCustomizerFactory() {}

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> test, List<ContextConfigurationAttributes> attributes) {
        MeshTest asked = TestContextAnnotationUtils.findMergedAnnotation(test, MeshTest.class);
        return asked == null ? null : new MeshTestCustomizer(asked.value(), asked.as());
    }
}
