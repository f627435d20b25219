package dev.weft.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/**
 * Makes an interface with {@code @GetExchange}, {@code @PostExchange} ... methods a client of a service. Spring Boot finds it in
 * the application's packages, {@link EnableMeshClients} in others; it is injected by its type.
 *
 * <p>What it says about time and retries are defaults: policy of the mesh wins where its author wrote the field, then the
 * properties {@code mesh.clients.<name>}, then {@link MeshCall}, then this. Strings take {@code ${...}}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface MeshClient {
    /** The service as in a URL: {@code reviews}, {@code reviews:9080}, {@code reviews.prod}, {@code https://reviews}. */
    @AliasFor("service")
    String value() default "";

    /** The same as {@link #value}. */
    @AliasFor("value")
    String service() default "";

    /**
     * Of the settings {@code mesh.clients.<name>} and of Spring's HTTP service group ({@code spring.http.serviceclient.<name>}).
     * Takes no {@code ${...}}. Unset: the service's host; or, where that is a {@code ${...}}, the interface's name with a small
     * first letter.
     */
    String name() default "";

    /** Of a whole call with its retries: {@code 500ms}, {@code 2s}, {@code PT2S}; unset or {@code none}: no such default. */
    String timeout() default "";

    /** When and how often a call is repeated. */
    Retry retry() default @Retry;

    /**
     * Answers instead when the mesh, the network or the service fails: a class with the interface, or a
     * {@code Function<Throwable, T>} that gives one (or null: the error goes to the caller). A bean of that class, or else an
     * instance made with what its constructor asks for. Called for answers of the mesh and of the service with status 5xx, for
     * I/O errors and timeouts, and for a 429 of the mesh's own; never for other 4xx.
     */
    Class<?> fallback() default void.class;
}
