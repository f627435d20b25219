package dev.weft.control.ads;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one response says.
 *
 * @param upserts resources that are new or different
 * @param removed names that are no more, or never were
 * @param shared set if the upserts are exactly those of a difference that other streams get too
 * @param before what the client held before, by name, in case it refuses the new
 */
record Changes(
        List<Resource> upserts,
        List<String> removed,
        @Nullable WildcardDelta shared,
        Function<String, @Nullable Resource> before) {
    static final Changes NONE = new Changes(List.of(), List.of(), null, name -> null);

    boolean isEmpty() {
        return upserts.isEmpty() && removed.isEmpty();
    }
}
