package dev.weft.config;

/** A condition on the path without its query. Paths are normalised before they are matched. */
public sealed interface PathMatch {

    /** The whole path. */
    record Exact(String path, boolean caseSensitive) implements PathMatch {}

    /** A plain string prefix: {@code /api} matches {@code /apix}. {@code /} matches everything. */
    record Prefix(String prefix, boolean caseSensitive) implements PathMatch {}

    /** A prefix that ends at a segment border: {@code /api} matches {@code /api} and {@code /api/x} only. */
    record SegmentPrefix(String prefix, boolean caseSensitive) implements PathMatch {}

    /** RE2 expression over the whole path. */
    record Regex(String expression) implements PathMatch {}
}
