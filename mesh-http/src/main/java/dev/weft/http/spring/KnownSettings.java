package dev.weft.http.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What whoever built a factory knows of it and the factory does not tell.
 *
 * @param readTimeout above zero; null: ask the factory
 * @param followsRedirects null: ask the factory
 */
public record KnownSettings(
        @Nullable Duration readTimeout, @Nullable Boolean followsRedirects) {
    /** Nothing. */
    public static final KnownSettings NONE = new KnownSettings(null, null);
}
