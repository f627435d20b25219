package dev.weft.engine;

import dev.weft.config.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client declares for itself, where the mesh's policy says nothing: the annotation on an interface, or a property. A field
 * counts only if nobody wrote it in the policy of the route; hints then tighten what comes out. To hosts that the mesh does not
 * know only the timeout counts. Immutable and safe for use from any thread.
 *
 * @param timeout of the whole call with its retries, above zero; null: nothing declared
 * @param retry conditions, attempts and back-off, which count together, and the per-try timeout, which counts also where the policy
 *     has retries and no such bound; null: nothing declared. {@link RetryPolicy#ISTIO_DEFAULT} has the mesh's values for
 *     what is left open
 * @param idempotent a {@code retry} that is declared here may repeat a request that a server may have acted on, even if its method
 *     ({@code POST}, {@code PATCH}) is not idempotent; what the policy says about retries holds for all methods
 * @param origin where the timeout is written, for explanations: {@code @MeshClient Reviews}, {@code mesh.clients.reviews}
 * @param retryOrigin where {@code retry} is written
 */
public record CallDefaults(
        @Nullable Duration timeout,
        @Nullable RetryPolicy retry,
        boolean idempotent,
        String origin,
        String retryOrigin) {
    /** Nothing declared. */
    public static final CallDefaults NONE = new CallDefaults(null, null, false, "");

    /** Under which clients with request attributes carry one. */
    public static final String KEY = CallDefaults.class.getName();

    /** All of it is written in one place. */
    public CallDefaults(@Nullable Duration timeout, @Nullable RetryPolicy retry, boolean idempotent, String origin) {
        this(timeout, retry, idempotent, origin, origin);
    }

    public CallDefaults {
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw new IllegalArgumentException(
                    origin + ": timeout " + timeout + ": a duration above zero was expected");
        }
    }
}
