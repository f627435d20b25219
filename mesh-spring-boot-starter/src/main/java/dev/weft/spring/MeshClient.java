package dev.weft.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/**
 * Makes an interface a client of a service: one with {@code @GetExchange}, {@code @PostExchange} ... methods over HTTP, one that names
 * a generated service over gRPC ({@link #grpc}). Spring Boot finds it in the application's packages, {@link EnableMeshClients} in
 * others; it is injected by its type.
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
     * For gRPC: the class that protoc made of the service, {@code ReviewsGrpc.class}. The interface's methods are called like the
     * service's: {@code Review get(ReviewRequest)}, {@code CompletableFuture<Review> get(ReviewRequest)},
     * {@code Stream<Review> list(ListRequest)}, or with a {@code StreamObserver} as in generated code. Unset: HTTP.
     */
    Class<?> grpc() default void.class;

    /**
     * Of the settings {@code mesh.clients.<name>}, and of Spring's HTTP service group ({@code spring.http.serviceclient.<name>}) or
     * gRPC channel ({@code spring.grpc.client.channel.<name>}). Takes no {@code ${...}}. Unset: the service's host; or, where that is a {@code ${...}}, the interface's name with a small
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
     * I/O errors and timeouts, and for a 429 of the mesh's own; never for other 4xx. Over gRPC: for {@code UNAVAILABLE},
     * {@code DEADLINE_EXCEEDED}, {@code INTERNAL}, {@code UNKNOWN}, {@code DATA_LOSS}, and a {@code RESOURCE_EXHAUSTED} of the mesh's own.
     */
    Class<?> fallback() default void.class;
}
