package dev.weft.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cross-origin rules of a route.
 *
 * @param allowOrigins any may match
 * @param allowMethods value for the preflight answer, or empty
 * @param allowHeaders value for the preflight answer, or empty
 * @param exposeHeaders value for every answer, or empty
 * @param maxAge seconds as text, or empty
 * @param allowCredentials null when not said
 * @param forwardUnmatchedPreflights false: answered 200 without CORS fields
 */
public record CorsPolicy(
        List<StringMatch> allowOrigins,
        String allowMethods,
        String allowHeaders,
        String exposeHeaders,
        String maxAge,
        @Nullable Boolean allowCredentials,
        boolean forwardUnmatchedPreflights) {
    public CorsPolicy {
        allowOrigins = List.copyOf(allowOrigins);
    }
}
