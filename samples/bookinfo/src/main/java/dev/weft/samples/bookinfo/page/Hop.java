package dev.weft.samples.bookinfo.page;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A call, as the service that was called saw it.
 *
 * @param servedBy the instance that answered
 * @param caller the identity that the caller's certificate proved to it, such as {@code spiffe://cluster.local/ns/default/sa/reviews}
 */
public record Hop(String servedBy, String caller) {
    /** Says which instance answered. */
    public static final String SERVED_BY = "x-served-by";

    /** Says whom it took the caller for. */
    public static final String CALLED_BY = "x-called-by";

    private static final String BEHIND = "-behind";

    /** The call to the service that answers. */
    public static Optional<Hop> in(UnaryOperator<@Nullable String> headers) {
        return of(headers.apply(SERVED_BY), headers.apply(CALLED_BY));
    }

    /** The call that the service made in its turn. */
    public static Optional<Hop> behind(UnaryOperator<@Nullable String> headers) {
        return of(headers.apply(SERVED_BY + BEHIND), headers.apply(CALLED_BY + BEHIND));
    }

    /** What {@link #behind} reads. */
    public static String nameBehind(String header) {
        return header + BEHIND;
    }

    /** {@code default/reviews}: a service account of the mesh, shortly; anything else as it stands. */
    String shortCaller() {
        return caller.replaceFirst("^spiffe://[^/]+/ns/([^/]+)/sa/([^/]+)$", "$1/$2");
    }

    private static Optional<Hop> of(@Nullable String servedBy, @Nullable String caller) {
        return servedBy == null ? Optional.empty() : Optional.of(new Hop(servedBy, caller == null ? "" : caller));
    }
}
