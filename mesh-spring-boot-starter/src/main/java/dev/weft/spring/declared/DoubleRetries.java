package dev.weft.spring.declared;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.env.Environment;

/** Other libraries' retries around a method; they multiply with those of the mesh, and know neither hosts nor a budget. */
final class DoubleRetries {
    /** What each library does where nothing is said, counted in attempts. */
    private static final long RESILIENCE4J_DEFAULT = 3;

    private static final String SPRING = "org.springframework.resilience.annotation.Retryable";
    private static final String SPRING_RETRY = "org.springframework.retry.annotation.Retryable";
    private static final String RESILIENCE4J = "io.github.resilience4j.retry.annotation.Retry";
    private static final Map<String, String> WORDS = Map.of(
            SPRING,
            "@Retryable of Spring",
            SPRING_RETRY,
            "@Retryable of Spring Retry",
            RESILIENCE4J,
            "@Retry of Resilience4j");

    private final Environment environment;
    private final UnaryOperator<String> placeholders;

    DoubleRetries(Environment environment, UnaryOperator<String> placeholders) {
        this.environment = environment;
        this.placeholders = placeholders;
    }

    /** @param attempts the first one included */
    record Found(String annotation, long attempts) {}

    /** On the method or on the interface; null: no other retries. */
    @Nullable
    Found around(Class<?> type, Method method) {
        MergedAnnotations here = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
        MergedAnnotations above = MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY);
        for (String name : List.of(SPRING, SPRING_RETRY, RESILIENCE4J)) {
            for (MergedAnnotations annotations : List.of(here, above)) {
                MergedAnnotation<?> found = annotations.get(name);
                if (found.isPresent()) {
                    return new Found(WORDS.getOrDefault(name, name), attempts(name, found));
                }
            }
        }
        return null;
    }

    private long attempts(String name, MergedAnnotation<?> found) {
        switch (name) {
            case SPRING:
                String retries = placeholders.apply(found.getString("maxRetriesString"));
                return 1 + (retries.isBlank() ? found.getLong("maxRetries") : Long.parseLong(retries.trim()));
            case SPRING_RETRY:
                return found.getInt("maxAttempts");
            default:
                String instances = "resilience4j.retry.instances." + found.getString("name") + ".max-attempts";
                Long common = environment.getProperty(
                        "resilience4j.retry.configs.default.max-attempts", Long.class, RESILIENCE4J_DEFAULT);
                return environment.getProperty(instances, Long.class, common);
        }
    }
}
