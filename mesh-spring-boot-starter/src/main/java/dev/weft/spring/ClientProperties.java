package dev.weft.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of one client, {@code mesh.clients.<name>}: they beat its annotations, because they change without a release, and policy
 * of the mesh beats them.
 *
 * @param timeout of a whole call with its retries, for example 500ms; none: no default
 * @param retry when and how often a call is repeated
 * @param strict a method that another library repeats as well (@Retryable, Resilience4j) is an error and not a warning
 */
public record ClientProperties(
        @Nullable String timeout,
        @DefaultValue Retry retry,
        @DefaultValue("false") boolean strict) {
    /**
     * Retries of one client.
     *
     * @param attempts further attempts after the first; 0: none
     * @param retryOn conditions or status codes, separated by commas, for example 5xx
     * @param perTryTimeout of one attempt, for example 200ms
     */
    public record Retry(
            @Nullable Integer attempts,
            @Nullable String retryOn,
            @Nullable String perTryTimeout) {}
}
