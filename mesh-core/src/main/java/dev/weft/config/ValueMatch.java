package dev.weft.config;

import java.util.List;

/** A condition on a value of the kind that JSON has. */
public sealed interface ValueMatch {

    /** It is null; what is absent is not. */
    record Null() implements ValueMatch {}

    /** It is a number in [start, end); exactly {@code start} if both are equal. */
    record Number(double start, double end) implements ValueMatch {}

    /** It is a text that matches. */
    record Text(StringMatch match) implements ValueMatch {}

    /** It is this truth value. */
    record Bool(boolean value) implements ValueMatch {}

    /** It is there, whatever it is; never holds if {@code present} is false, as in Envoy. */
    record Present(boolean present) implements ValueMatch {}

    /** It is a list, and some element meets the condition. */
    record Element(ValueMatch condition) implements ValueMatch {}

    /** Some condition holds. */
    record OneOf(List<ValueMatch> conditions) implements ValueMatch {
        public OneOf {
            conditions = List.copyOf(conditions);
        }
    }
}
