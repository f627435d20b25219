package dev.weft.config;

import org.jspecify.annotations.Nullable;

/**
 * Changes to path and authority before a request leaves.
 *
 * @param path or null
 * @param authority new authority, or null
 */
public record Rewrite(@Nullable PathRewrite path, @Nullable String authority) {
    /** No change. */
    public static final Rewrite NONE = new Rewrite(null, null);

    /** How the path changes; the query stays. */
    public sealed interface PathRewrite {}

    /** What the route's prefix (or exact path) matched is replaced. */
    public record Prefix(String replacement) implements PathRewrite {}

    /** The whole path is replaced, whatever matched. */
    public record Full(String path) implements PathRewrite {}

    /** RE2 replacement over the path; {@code \1} refers to a group. */
    public record Regex(String expression, String substitution) implements PathRewrite {}
}
