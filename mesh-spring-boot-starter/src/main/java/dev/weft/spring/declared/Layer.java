package dev.weft.spring.declared;

import dev.weft.spring.ClientProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;

/**
 * What one place says about time and retries; null where it is silent.
 *
 * @param origin the place, for people: {@code @MeshClient Reviews}, {@code mesh.clients.reviews}
 */
record Layer(
        String origin,
        @Nullable String timeout,
        @Nullable Integer attempts,
        @Nullable String retryOn,
        @Nullable String perTryTimeout,
        boolean property) {

    /** Of {@code @MeshClient} or {@code @MeshCall}. */
    static Layer of(MergedAnnotation<?> said, String origin) {
        MergedAnnotation<?> retry = said.getAnnotation("retry", dev.weft.spring.Retry.class);
        int attempts = retry.getInt("attempts");
        return new Layer(
                origin,
                text(said.getString("timeout")),
                attempts == -1 ? null : attempts,
                text(retry.getString("retryOn")),
                text(retry.getString("perTryTimeout")),
                false);
    }

    /** Of {@code mesh.clients.<name>}. */
    static Layer of(ClientProperties said, String name) {
        ClientProperties.Retry retry = said.retry();
        return new Layer(
                "mesh.clients." + name,
                text(said.timeout()),
                retry.attempts(),
                text(retry.retryOn()),
                text(retry.perTryTimeout()),
                true);
    }

    private static @Nullable String text(@Nullable String written) {
        return written == null || written.isBlank() ? null : written.trim();
    }

    boolean speaksOfRetries() {
        return attempts != null || retryOn != null || perTryTimeout != null;
    }

    /** The place of one value: {@code @MeshClient Reviews retry.perTryTimeout}, {@code mesh.clients.reviews.retry.per-try-timeout}. */
    String at(String annotated, String key) {
        return property ? origin + "." + key : origin + " " + annotated;
    }
}
