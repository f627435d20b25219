package dev.weft.config;

/**
 * A condition on a request header; of a repeated header any value may meet it. {@code :method}, {@code :authority},
 * {@code :scheme} and {@code :path} may be named.
 *
 * @param name lower case
 * @param condition on the value
 * @param invert negates the result
 * @param absentIsEmpty an absent header is judged as an empty one; otherwise no condition on a value holds for it, negated or not
 */
public record HeaderMatch(String name, Condition condition, boolean invert, boolean absentIsEmpty) {

    /** What must hold for the value. */
    public sealed interface Condition {}

    /** The header is there (or, when {@code present} is false, is not). */
    public record Present(boolean present) implements Condition {}

    /** The value matches. */
    public record Value(StringMatch match) implements Condition {}

    /** The value is a whole number in [start, end). */
    public record Range(long start, long end) implements Condition {}
}
