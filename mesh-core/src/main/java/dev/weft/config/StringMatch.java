package dev.weft.config;

/** A condition on a text. Regular expressions are RE2 and match the whole text. */
public sealed interface StringMatch {

    /** Equal, or equal but for the case of ASCII letters. */
    record Exact(String value, boolean ignoreCase) implements StringMatch {}

    /** Begins with. */
    record Prefix(String value, boolean ignoreCase) implements StringMatch {}

    /** Ends with. */
    record Suffix(String value, boolean ignoreCase) implements StringMatch {}

    /** Contains. */
    record Contains(String value, boolean ignoreCase) implements StringMatch {}

    /** RE2 expression that must match the whole text; readers have proved that it compiles. */
    record Regex(String expression) implements StringMatch {}
}
