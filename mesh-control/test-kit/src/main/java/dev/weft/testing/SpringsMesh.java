package dev.weft.testing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** The mesh that stands in a test's application context. Loaded only where there is Spring. */
final class SpringsMesh {
    private SpringsMesh() {}

    /** Null: the test is none of Spring's. */
    static @Nullable PolicyMesh of(ExtensionContext context) {
        // A nested class is Spring's if the one around it is.
        boolean springs = MergedAnnotations.search(SearchStrategy.TYPE_HIERARCHY)
                .withEnclosingClasses(TestContextAnnotationUtils::searchEnclosingClass)
                .from(context.getRequiredTestClass())
                .stream(ExtendWith.class)
                .anyMatch(extended ->
                        java.util.Arrays.asList(extended.getClassArray("value")).contains(SpringExtension.class));
        return springs
                ? SpringExtension.getApplicationContext(context)
                        .getBeanProvider(PolicyMesh.class)
                        .getIfAvailable()
                : null;
    }
}
