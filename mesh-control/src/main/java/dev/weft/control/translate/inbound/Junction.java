package dev.weft.control.translate.inbound;

import dev.weft.control.istio.AuthorizationPolicy.Values;
import java.util.List;
import java.util.function.Function;

/**
 * How conditions of one kind are joined.
 *
 * @param <T> permissions or principals
 */
interface Junction<T> {
    T any();

    T and(List<T> all);

    T or(List<T> some);

    T not(T one);

    /** Adds the condition that one of the values matches and none of the others does, each by a condition of its own. */
    default void each(List<T> and, Values values, Function<String, T> one) {
        joined(and, values, list -> or(list.stream().map(one).toList()));
    }

    /** The same, with one condition for several values. */
    default void joined(List<T> and, Values values, Function<List<String>, T> some) {
        if (!values.any().isEmpty()) {
            and.add(some.apply(values.any()));
        }
        if (!values.none().isEmpty()) {
            and.add(not(some.apply(values.none())));
        }
    }

    /** All of them; anything if there are none. */
    default T all(List<T> and) {
        return and(and.isEmpty() ? List.of(any()) : and);
    }
}
